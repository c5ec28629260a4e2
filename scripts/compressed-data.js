import { readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';

/** The large modules that hold only data, and that most runs do not need. */
const large =
  /[/\\](?:tldts[/\\]dist[/\\].*[/\\]data[/\\]trie\.js|top-level-domains[/\\](?:root-zone|closed)\.ts|rdap[/\\]iana\.json|whois[/\\]servers[/\\]index\.ts|html[/\\]page\.(?:css|client\.js))$/;

/** Makes esbuild compress the data of large modules, which is unpacked when they are first used. */
export const compressedData = {
  name: 'compressed-data',
  setup({ onLoad }) {
    onLoad({ filter: large }, async ({ path, with: { type } }) => ({
      contents: compress(await exportsOf(path, type)),
    }));
    // The rest of package.json is not used.
    onLoad({ filter: /[/\\]package\.json$/ }, ({ path }) => {
      const { name, version, homepage } = JSON.parse(readFileSync(path, 'utf8'));
      return { contents: JSON.stringify({ name, version, homepage }), loader: 'json' };
    });
  },
};

/** Returns the exports of a module with what it imports, by the type in the attributes of its import. */
async function exportsOf(path, type) {
  if (type === 'text') return { default: readFileSync(path, 'utf8') };
  if (type === 'json') return { default: JSON.parse(readFileSync(path, 'utf8')) };
  const { outputFiles } = await build({ entryPoints: [path], bundle: true, format: 'esm', write: false });
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
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
