import { expect, it } from 'vitest';
import { createNotes } from '../../../src/probe/trust/notes.js';

function collect() {
  const messages: string[] = [];
  return { messages, note: createNotes((message) => messages.push(message)) };
}

it('a note is passed on once', () => {
  const { messages, note } = collect();
  for (const message of ['one', 'two', 'one']) note(message);
  expect(messages).toEqual(['one', 'two']);
});

it('only the first note on a topic is passed on', () => {
  const { messages, note } = collect();
  note('one', 'topic');
  note('two', 'topic');
  note('one', 'another topic');
  expect(messages).toEqual(['one', 'one']);
});

it('no more than 100 notes are passed on', () => {
  const { messages, note } = collect();
  for (let index = 1; index <= 101; index++) note(`${index}`);
  expect(messages).toHaveLength(100);
  expect(messages.at(-1)).toBe('100');
});
