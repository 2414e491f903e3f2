// An S3-compatible server with one bucket: node server.mjs FOLDER BUCKET. Prints its address once it listens.
import S3rver from '@20minutes/s3rver';

// S3 signs a query with !'()* escaped (Signature Version 4, UriEncode); this server judges it with them as they are.
const { encodeURIComponent } = globalThis;
globalThis.encodeURIComponent = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

const [directory, bucket] = process.argv.slice(2);
const { address, port } = await new S3rver({
  directory,
  address: '127.0.0.1',
  port: 0,
  silent: true,
  vhostBuckets: false,
  configureBuckets: [{ name: bucket, configs: [] }],
}).run();
console.log(`http://${address}:${port}`);
