/*
 * The archive of the small image as xz and bzip2 write it: what writes them is not on every machine.
 */

const xz = [
	'/Td6WFoAAATm1rRGAgAhARwAAAAQz1jM4C//AfddABiLygaygHjcbUkcv0U3e0xXfNM1t0eT+6/NithVnjbviYTUtZMu/v5h0B/T',
	'SnGIVhstgFzfNPC3dIUsj7d2NX/4you+1Zs8WHOWqbPkzpvB643kNjKNCv+aW4jxVldy4jmYBvN4qfKudzvDyp8aAcc6b5fTt+oB',
	'GP8urj9yas0XcP51x10QnJR+n0HTK6VWf+XuaUnwDf3FUrb7O2RHcTGs0D3cAKcqSYImFVSoJLVbEco4n7G0NkYmW0nbeVBUuwr1',
	'qiL5t9DjCn6DBJEVK2mZlVSyYq9XGbSg4rO3+gRV0ROR3OqJ3pzbGD+jHDyXDhEjIut/tkW8/DOOW4Dap9fHIYhj7sYZlZ5s04L0',
	'HZkrLV55wM9hpUOYZsMlH81VZB8r5OadDgpF8bZd02/hbjAM5MrDg/P+WJEdb/J10ZCh8jm7fxoBircbVKHXcLlJeFnZJmmxlzhj',
	'78/b464wyBr60HU14jJAIbqrXpzES6qDiQiOaECDo09PUeS7iGRM3zT3bED3+Ojdt622E8t++P19+iX+5IxBgDLy3jk7a9Ump4G4',
	'NzDVLXl0SAPX1iApZCOariSuxPI95DZUWdLMHf/grVfZ7BMuqicLsNZldNdRBZgEile0oj/TSGFmNq1GFUipfwHAD6eicHvk6X55',
	'5Z1nRzDZjghTAADqOqrnZXE3dAABkwSAYAAA62upCLHEZ/sCAAAAAARZWg==',
];

const bzip2 = [
	'QlpoOTFBWSZTWTOPnMEAAY9fmtyQUAX/9AhEPk7/995qBAgAAIAAgAhAAfymO5wGiJPSY1MmTTRoaNAAANDRhAjUaBNNNNITJhMA',
	'CZAZMJgCGlRoaYnqZNGJoMgGg0YgNBphFJJ6Gpqn5KfqTepiTQ9QANB6RmobRtUuXM7O0j66u2tyh0rbxhDlBq+d4qdO2hs2RMEc',
	'V8iFY3yBsA54aumypYFSFA4AIOI1DO5Q1vxdpjZpBkZ1WBDNa1NqQYUEAySgJVFmjMSGR8dRcHdZaRLWuwfhOpfRlIFJrrWQKTnI',
	'RN/Z5Zb4/VEPssKFIWl3dd0aF22Yzlwivr5baTsLfN1mRKJHxZOQDEr+5k1Po3UKax3ugnagLBGafpptOH5GTIPYolLILcAxNSCC',
	'QPRzQND4kuumEAHPRRKUCVTO01LRA5WnwiQdEFNE0TxlACmlaVX56KnPAahiFlMc/rWWto246Rq3hDJRmAABwBFdOoJrWREJklWT',
	'NykrGC8p8QoOdut1GwiBrFZD2tIjkeXQGxEzf3fHSYU3Kt+VIYUInGqlyKsvsBrGbpHgABAEgU9wTMYtwJhESLmV6CQ/DhJq/ZwV',
	'AcNfv6qevB3dB3veFDqAQZgIOeqfyGWMwEH1cz4Ym7K/2XW4EemV6MBGekt0FmmI4ZZVmbZRajmxyIWCZdovJlUX2Y5rsu5KefxB',
	'Dcc9408K48d/EwiN4F0Kwp/xdyRThQkDOPnMEA==',
];

export const packedSmallImage = {
	xz: Buffer.from(xz.join(''), 'base64'),
	bzip2: Buffer.from(bzip2.join(''), 'base64'),
} as const satisfies Readonly<Record<string, Uint8Array>>;
