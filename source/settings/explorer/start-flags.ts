/** Where the explorer begins. */
export const startFlags = [
	{
		name: 'at',
		placeholder: 'PATH',
		summary: 'open the explorer at this path of the image',
		meaning:
			'open the explorer at this path of the image, in the layer that `--layer` names, or else in the one that changed it last',
		commands: ['explore', 'demo'],
	},
	{
		name: 'layer',
		placeholder: 'N',
		summary: 'open the explorer at layer N; 1 is the lowest layer',
		meaning: 'open the explorer at layer N, where 1 is the lowest layer',
		commands: ['explore', 'demo'],
	},
] as const;
