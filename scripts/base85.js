/** Octets as text that is a quarter longer; base64 is a third longer. The digits are the characters from `(` to `|`. */
const base = 85;
const firstDigit = 40;
const digitsPerGroup = 5;
const octetsPerGroup = 4;

/** Encodes octets; the last group is filled up with zeros. */
export function encode(octets) {
  const padded = Buffer.alloc(Math.ceil(octets.length / octetsPerGroup) * octetsPerGroup);
  octets.copy(padded);
  let text = '';
  for (let offset = 0; offset < padded.length; offset += octetsPerGroup) {
    let number = padded.readUInt32BE(offset);
    let group = '';
    for (let digit = 0; digit < digitsPerGroup; digit++) {
      group = String.fromCharCode(firstDigit + (number % base)) + group;
      number = Math.floor(number / base);
    }
    text += group;
  }
  return text;
}

/** Decodes a text into so many octets. */
export function decode(text, length) {
  const octets = Buffer.alloc((text.length / digitsPerGroup) * octetsPerGroup);
  for (let offset = 0; offset < octets.length; offset += octetsPerGroup) {
    const start = (offset / octetsPerGroup) * digitsPerGroup;
    let number = 0;
    for (let digit = 0; digit < digitsPerGroup; digit++)
      number = number * base + text.charCodeAt(start + digit) - firstDigit;
    octets.writeUInt32BE(number, offset);
  }
  return octets.subarray(0, length);
}
