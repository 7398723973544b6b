/** Visible files of one kind whose content one layer brought. */
export interface LeftoverGroup {
	/** The code in `LeftoverKinds`. */
	readonly kind: number;
	readonly layerIndex: number;
	readonly nodes: number[];
	bytes: number;
	/** Whether a later layer ships some of them again as they were, such as for the sake of their owner. */
	isShippedAgain: boolean;
}
