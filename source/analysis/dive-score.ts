/** What dive 0.13 says of the same image, for people who come from dive. */
export interface DiveFigures {
	/** sum(smallest) / sum(cumulative) over every leaf path of every layer; 1 for nothing. */
	readonly efficiency: number;
	/** Sum of the cumulative sizes of the paths that are seen twice or more. */
	readonly wastedBytes: number;
	/** wastedBytes over the bytes of all layers but the first; null where dive divides by 0. */
	readonly userWastedRatio: number | null;
}
