/** Electron's Node has BoringSSL where Node's own has OpenSSL. */
export const isBoringSsl = 'openssl_is_boringssl' in process.features && process.features.openssl_is_boringssl === true;
