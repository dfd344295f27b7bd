/** What every contender can do: lend one resource of a host, and take it back. */
export interface PoolUnderTest {
  acquire(host: number): Promise<unknown>;
  release(resource: unknown): void;
}

export interface PoolSize {
  readonly connections: number;
  readonly hosts: number;
}
