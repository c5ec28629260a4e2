/** The most notes in one run: nobody reads more, and a long list of whole names may have many wrong suffixes. */
const maximumNotes = 100;

/**
 * Creates a function that passes each message on once.
 *
 * @param note receives the messages.
 * @returns a function of a message and of its topic: of the messages on one topic, only the first one counts.
 */
export function createNotes(note: (message: string) => void): (message: string, topic?: string) => void {
  const noted = new Set<string>();
  return (message, topic = message) => {
    if (noted.has(topic) || noted.size >= maximumNotes) return;
    noted.add(topic);
    note(message);
  };
}
