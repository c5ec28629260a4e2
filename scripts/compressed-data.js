import { readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';

/** The large modules that hold only data, and that most runs do not need. */
const large =
  /[/\\](?:tldts[/\\]dist[/\\].*[/\\]data[/\\]trie\.js|top-level-domains[/\\](?:root-zone|closed)\.ts|rdap[/\\]iana\.json|html[/\\]page\.(?:css|client\.js))$/;

/** Makes esbuild compress the data of large modules, which is unpacked when they are first used. */
export const compressedData = {
  name: 'compressed-data',
  setup({ onLoad }) {
    onLoad({ filter: large }, async ({ path, with: { type } }) => ({
      contents: compress(await exportsOf(readFileSync(path, 'utf8'), type)),
    }));
    // Only the version is used.
    onLoad({ filter: /[/\\]package\.json$/ }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

/** Returns the exports of a module that imports nothing, by the type in the attributes of its import. */
async function exportsOf(text, type) {
  if (type === 'text') return { default: text };
  if (type === 'json') return { default: JSON.parse(text) };
  return import(`data:text/javascript,${encodeURIComponent(text)}`);
}

/** Makes a module with the same exports: plain values, or arrays of numbers of a fixed size. */
function compress(exports) {
  const entries = Object.entries(exports);
  const values = entries.map(([, value]) => (ArrayBuffer.isView(value) ? [...value] : value));
  const packed = brotliCompressSync(JSON.stringify(values));
  const declarations = entries.map(([name, value], index) => {
    const expression = ArrayBuffer.isView(value)
      ? `${value.constructor.name}.from(values[${index}])`
      : `values[${index}]`;
    return name === 'default' ? `export default ${expression};` : `export const ${name} = ${expression};`;
  });
  return `import { brotliDecompressSync } from 'node:zlib';
const values = JSON.parse(brotliDecompressSync(Buffer.from('${packed.toString('base64')}', 'base64')).toString());
${declarations.join('\n')}`;
}
