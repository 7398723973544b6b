/** A map in fathom.yaml. */
export type ConfigMap = Readonly<Record<string, unknown>>;

export function isMap(value: unknown): value is ConfigMap {
	return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
