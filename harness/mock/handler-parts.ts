import type { ApiVersion } from './api-version.ts';
import type { InjectedFault } from './fault-injection.ts';
import type { Service } from './generic/service.ts';
import type { Route } from './route.ts';
import type { Found } from './routes.ts';
import type { Store } from './state/store.ts';

/** What every request is served with. */
export interface RequestHandler {
  readonly store: Store;
  readonly find: (method: string, path: string) => Found<() => Route>;
  readonly notFound: Route;
  /** Whether the mock knows the service that the document is about, and not only the document. */
  readonly hasRules: boolean;
  /** All operations of the document, by the document alone. */
  readonly service: Service;
  /** The header in which every request shows its key; absent where the document says it by operation. */
  readonly keyHeader?: string;
  readonly key: string;
  /** A key that is known and lacks every permission. */
  readonly forbiddenKey?: string;
  readonly apiVersion: ApiVersion;
  readonly faults: string[];
  readonly throttle?: () => number | undefined;
  readonly injectFault?: () => InjectedFault | undefined;
  /** Runs what follows after the latency of one request. */
  readonly later: (next: () => void) => void;
  readonly onServed: (served: {
    readonly method: string;
    readonly path: string;
    readonly outcome: number | 'reset';
    readonly started: number;
    readonly byExample: boolean;
  }) => void;
}
