/** A private key in DER: a sequence that begins with the version 0 and goes on with the modulus (PKCS #1) or the algorithm (PKCS #8). */
export function isDerPrivateKey(content: Buffer): boolean {
	if (content.length < 48 || content[0] !== 0x30) return false;
	const header = content[1] < 0x80 ? 2 : 2 + (content[1] & 0x7f);
	const [tag, length, version, next] = content.subarray(header, header + 4);
	return tag === 0x02 && length === 1 && version === 0 && (next === 0x02 || next === 0x30);
}

/** The bags of PKCS #12 (RFC 7292, 4.2) that hold a private key have types of their own; a store of certificates alone has none. */
export function isPkcs12WithKey(content: Buffer): boolean {
	return content[0] === 0x30 && ['01', '02'].some((type) => content.includes(`${KEY_BAG}${type}`, 0, 'hex'));
}

/** pkcs-12PbeIds bagtypes: 1.2.840.113549.1.12.10.1, as DER has it before the last number. */
const KEY_BAG = '060b2a864886f70d010c0a01';

/** A key store of Java (JKS or JCEKS) of which the first entry is a private key, and not a certificate. */
export function isJavaStoreWithKey(content: Buffer): boolean {
	if (content.length < 16) return false;
	const magic = content.readUInt32BE(0);
	return (magic === 0xfeedfeed || magic === 0xcececece) && content.readUInt32BE(12) === 1;
}

/** A database of KeePass 1 or 2. */
export function isKeePass(content: Buffer): boolean {
	return (
		content.length > 8 && content.readUInt32LE(0) === 0x9aa2d903 && content.readUInt32LE(4) >>> 8 === 0xb54bfb
	);
}

/** A keytab (MIT Kerberos, keytab file format) with at least one key. */
export function isKeytab(content: Buffer): boolean {
	return content.length > 20 && content[0] === 5 && (content[1] === 1 || content[1] === 2);
}

/** A key of gpg-agent, which is on no card: an S-expression, alone or as the field `Key`. */
export function isKeyOfAgent(content: Buffer): boolean {
	return /^(?:\(\d{2}:|[A-Z][\w-]{1,20}: [\s\S]{0,200}?\()(?:protected-)?private-key/.test(
		content.toString('latin1', 0, 512),
	);
}

/** A ring of secret keys of GnuPG 1: it begins with a packet of tag 5 (RFC 9580, 5.5.1.3). */
export function isSecretRing(content: Buffer): boolean {
	return content.length > 40 && ((content[0] & 0xfc) === 0x94 || content[0] === 0xc5);
}
