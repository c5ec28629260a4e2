/** GIF files: "Graphics Interchange Format, Version 89a", CompuServe, 1990, with its sections in brackets. */

/** The first octets of the blocks that may follow the logical screen (20, 23, 24 to 26). */
const introducers = { image: 0x2c, extension: 0x21, trailer: 0x3b } as const;

const headerSize = 6;
const screenDescriptorSize = 7;
const imageDescriptorSize = 9;

/** Whether data begins with the header of a GIF file (17). */
export const isGif = (data: Buffer): boolean => /^GIF8[79]a$/.test(data.toString('latin1', 0, headerSize));

/**
 * Whether data is a GIF file from its header to its trailer, with at least one image. All blocks are read, but not what
 * they mean; octets after the trailer do not matter.
 */
export function isWholeGif(data: Buffer): boolean {
  if (!isGif(data)) return false;
  let offset = skipDescriptor(data, headerSize, screenDescriptorSize, 4);
  let hasImage = false;
  for (;;) {
    switch (data[offset++]) {
      case introducers.trailer:
        return hasImage;
      case introducers.extension:
        // Its label is one octet (23 to 26).
        offset = skipSubBlocks(data, offset + 1);
        break;
      case introducers.image:
        hasImage = true;
        // The octet before the image data is the initial size of its codes (22).
        offset = skipSubBlocks(data, skipDescriptor(data, offset, imageDescriptorSize, 8) + 1);
        break;
      default:
        // The data ends here, or is damaged.
        return false;
    }
  }
}

/**
 * Skips the descriptor of the logical screen (18) or of an image (20), and the colour table that follows it if the
 * descriptor says so (19, 21).
 *
 * @param packed where in the descriptor the octet is that says so.
 */
function skipDescriptor(data: Buffer, start: number, size: number, packed: number): number {
  const fields = data[start + packed] ?? 0;
  const hasColorTable = (fields & 0x80) !== 0;
  return start + size + (hasColorTable ? 3 * 2 ** ((fields & 7) + 1) : 0);
}

/** Skips sub-blocks, each with its length before it, up to and including the empty one that ends them (15, 16). */
function skipSubBlocks(data: Buffer, start: number): number {
  let offset = start;
  for (let length = data[offset]; length; length = data[offset]) offset += 1 + length;
  return offset + 1;
}
