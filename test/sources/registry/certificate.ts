import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/*
 * Certificates made by the test itself (RFC 5280), in DER by hand, so that none is kept anywhere or runs out.
 */

export interface Authority {
	/** The certificate, PEM. */
	readonly cert: string;
	readonly name: string;
	readonly key: KeyObject;
}

export interface Certificate {
	readonly cert: string;
	/** PEM. */
	readonly key: string;
}

export function newAuthority(name: string): Authority {
	const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const isAuthority = extension('551d13', sequence(der(0x01, Buffer.from([0xff]))), true);
	const cert = certificate({
		subject: name,
		issuer: name,
		publicKey,
		signer: privateKey,
		extensions: [isAuthority],
	});
	return { cert, name, key: privateKey };
}

/** A certificate for a host, by name or by IPv4 address, or for a client. */
export function newCertificate({ name, key }: Authority, host: string): Certificate {
	const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const address = /^[\d.]+$/.test(host)
		? der(0x87, Buffer.from(host.split('.').map(Number)))
		: der(0x82, Buffer.from(host));
	const cert = certificate({
		subject: host,
		issuer: name,
		publicKey,
		signer: key,
		extensions: [extension('551d11', sequence(address))],
	});
	return { cert, key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

interface CertificateParts {
	readonly subject: string;
	readonly issuer: string;
	readonly publicKey: KeyObject;
	readonly signer: KeyObject;
	readonly extensions: readonly Buffer[];
}

function certificate({ subject, issuer, publicKey, signer, extensions }: CertificateParts): string {
	const ecdsaWithSha256 = sequence(objectId('2a8648ce3d040302'));
	const toSign = sequence(
		der(0xa0, der(0x02, Buffer.from([2]))),
		der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
		ecdsaWithSha256,
		distinguishedName(issuer),
		sequence(time('20200101000000Z'), time('21200101000000Z')),
		distinguishedName(subject),
		publicKey.export({ type: 'spki', format: 'der' }),
		der(0xa3, sequence(...extensions)),
	);
	const signature = der(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', toSign, signer)]));
	const base64 = sequence(toSign, ecdsaWithSha256, signature).toString('base64');
	const lines = base64.match(/.{1,64}/g) ?? [];
	return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

function distinguishedName(commonName: string): Buffer {
	return sequence(der(0x31, sequence(objectId('550403'), der(0x0c, Buffer.from(commonName)))));
}

function extension(id: string, value: Buffer, isCritical = false): Buffer {
	const critical = isCritical ? [der(0x01, Buffer.from([0xff]))] : [];
	return sequence(objectId(id), ...critical, der(0x04, value));
}

function time(text: string): Buffer {
	return der(0x18, Buffer.from(text));
}

function objectId(hex: string): Buffer {
	return der(0x06, Buffer.from(hex, 'hex'));
}

function sequence(...parts: readonly Buffer[]): Buffer {
	return der(0x30, Buffer.concat(parts));
}

function der(tag: number, content: Buffer): Buffer {
	const { length } = content;
	const bytes =
		length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
	return Buffer.concat([Buffer.from([tag, ...bytes]), content]);
}
