/**
 * undici's HTTP/1.1 client alone. Its index loads fetch, WebSocket and caches too, which more than doubles the time to
 * load (79 ms against 33), and this is in the way of every `posthaste send`.
 */
declare module 'undici/lib/dispatcher/client.js' {
  class Client {
    constructor(origin: string, options: object)
    dispatch(options: object, handler: object): boolean
    destroy(error: Error): Promise<void>
  }
  // eslint-disable-next-line no-restricted-syntax -- a CommonJS module has no other export
  export default Client
}
