// An S3-compatible server with one bucket: node server.mjs FOLDER BUCKET. Prints its address once it listens.
import S3rver from '@20minutes/s3rver';

// S3 signs a query with !'()* escaped (Signature Version 4, UriEncode); this server judges it with them as they are.
const { encodeURIComponent } = globalThis;
globalThis.encodeURIComponent = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

// The source of a copy is sent URL-encoded, its slashes too (CopyObject, x-amz-copy-source); this server leaves those as they are.
const { decodeURI } = globalThis;
globalThis.decodeURI = (text) => decodeURI(text).replaceAll('%2F', '/');

const [directory, bucket] = process.argv.slice(2);
const server = new S3rver({
  directory,
  address: '127.0.0.1',
  port: 0,
  silent: true,
  vhostBuckets: false,
  configureBuckets: [{ name: bucket, configs: [] }],
});

// The path of a bucket is signed with the slash that it is sent with; this server judges it without, unless it stands for a host's root.
server.middleware.splice(-1, 0, (context, next) => {
  if (context.path === `/${bucket}/`) [context.state.vhost, context.mountPath] = [true, '/'];
  return next();
});
const { address, port } = await server.run();
console.log(`http://${address}:${port}`);
