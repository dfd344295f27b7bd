/** `session` and `protocol`: who may do what, and what our own scheme answers. */
import type { ProtocolAnswer } from '../wire.ts';
import { channel } from './channel.ts';

type RequestHandler = (
  contents: unknown,
  permission: string,
  callback: (granted: boolean) => void,
  details: object,
) => void;
type CheckHandler = (contents: unknown, permission: string, origin: string, details: object) => boolean;
type DeviceHandler = (details: { deviceType: string; origin: string }) => boolean;
type SchemeHandler = (request: Request) => Response | Promise<Response>;

class Protocol {
  readonly #handlers = new Map<string, SchemeHandler>();
  readonly #privileged = new Set<string>();

  registerSchemesAsPrivileged(schemes: readonly { scheme: string; privileges?: object }[]): void {
    if (channel.ready) {
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    }
    channel.record('protocol.registerSchemesAsPrivileged', schemes);
    for (const { scheme } of schemes) {
      this.#privileged.add(scheme);
    }
  }

  handle(scheme: string, handler: SchemeHandler): void {
    channel.record('protocol.handle', scheme);
    this.#handlers.set(scheme, handler);
  }

  isProtocolHandled(scheme: string): boolean {
    return this.#handlers.has(scheme);
  }

  async answer(url: string, method: string, headers: Record<string, string>): Promise<ProtocolAnswer> {
    const scheme = url.slice(0, url.indexOf(':'));
    const handler = this.#handlers.get(scheme);
    if (!handler || !this.#privileged.has(scheme)) {
      throw new Error(`net::ERR_UNKNOWN_URL_SCHEME ${url}`);
    }
    const request = new Request('http://stand-in.invalid/', { method, headers });
    // Node's Request normalises a URL of a scheme it does not know less than Chromium does; main sees the text itself.
    Object.defineProperty(request, 'url', { value: url });
    const response = await handler(request);
    return {
      status: response.status,
      headers: [...response.headers],
      body: new Uint8Array(await response.arrayBuffer()),
    };
  }
}

export const protocol = new Protocol();

export class Session {
  readonly protocol = protocol;
  #onRequest: RequestHandler | null = null;
  #onCheck: CheckHandler | null = null;
  #onDevice: DeviceHandler | null = null;

  setPermissionRequestHandler(handler: RequestHandler | null): void {
    channel.record('session.setPermissionRequestHandler', handler);
    this.#onRequest = handler;
  }

  setPermissionCheckHandler(handler: CheckHandler | null): void {
    channel.record('session.setPermissionCheckHandler', handler);
    this.#onCheck = handler;
  }

  setDevicePermissionHandler(handler: DeviceHandler | null): void {
    channel.record('session.setDevicePermissionHandler', handler);
    this.#onDevice = handler;
  }

  /** For the stand-in only. Electron grants what no handler decides. */
  decide(contents: unknown, permission: string, how: 'request' | 'check' | 'device'): Promise<boolean> {
    const onRequest = this.#onRequest;
    if (how === 'request' && onRequest) {
      return new Promise((resolve) => onRequest(contents, permission, resolve, { isMainFrame: true }));
    }
    if (how === 'check' && this.#onCheck) {
      return Promise.resolve(this.#onCheck(contents, permission, 'app://hotpool', { isMainFrame: true }));
    }
    if (how === 'device' && this.#onDevice) {
      return Promise.resolve(this.#onDevice({ deviceType: permission, origin: 'app://hotpool' }));
    }
    return Promise.resolve(true);
  }
}

export const defaultSession = new Session();
