/**
 * Preload (`node --import`) that leads every call for WeChat's hosts to the fake server on loopback and refuses all others.
 *
 * In: the port in FAKE_WECHAT_PORT. Out: nothing; https, http and fetch of this process are changed.
 */
import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';

const WECHAT = /(^|\.)(qq\.com|wechat\.com)$/;
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[?::1\]?)$/;
const port = Number(process.env.FAKE_WECHAT_PORT);
const request = http.request;

function refuse(host) {
  throw new Error(`this process may only reach the fake WeChat, not ${host}`);
}

/** The three forms of arguments that node:http takes, as options and callback. */
function optionsOf([first, second, third]) {
  if (typeof first !== 'string' && !(first instanceof URL)) return [first, second];
  const { hostname, pathname, search } = new URL(first);
  const more = typeof second === 'function' ? {} : second;
  return [{ hostname, path: pathname + search, ...more }, typeof second === 'function' ? second : third];
}

https.request = (...args) => {
  const [options, done] = optionsOf(args);
  const host = options.hostname ?? String(options.host).replace(/:\d+$/, '');
  if (!WECHAT.test(host)) refuse(host);
  const { agent, host: _host, socketPath, ...kept } = options;
  return request({ ...kept, protocol: 'http:', hostname: '127.0.0.1', port, agent: false }, done);
};
https.get = (...args) => {
  const call = https.request(...args);
  call.end();
  return call;
};
http.request = (...args) => {
  const [options, done] = optionsOf(args);
  const host = options.hostname ?? String(options.host ?? 'localhost').replace(/:\d+$/, '');
  if (!LOOPBACK.test(host)) refuse(host);
  return args[0] instanceof URL || typeof args[0] === 'string' ? request(...args) : request(options, done);
};
http.get = (...args) => {
  const call = http.request(...args);
  call.end();
  return call;
};
syncBuiltinESMExports();

const fetchAnything = globalThis.fetch;
globalThis.fetch = (target, init) => {
  const { hostname } = new URL(target instanceof Request ? target.url : target);
  if (!LOOPBACK.test(hostname)) refuse(hostname);
  return fetchAnything(target, init);
};
