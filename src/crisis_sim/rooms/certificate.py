"""The host's own certificate, and the fingerprint by which a client knows it.

Nobody vouches for it: whoever reads the join line from the host's screen trusts that screen. A client that has been
there knows the fingerprint again.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime, timedelta
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

GROUPS: Final = 4
"""Of four letters each in a fingerprint: 80 bits, which nobody can meet with a certificate of his own."""
_YEARS: Final = timedelta(days=3650)
"""A session may be taken up again long after; the fingerprint is what counts."""


def new_certificate() -> tuple[bytes, bytes]:
    """A certificate and its key, both PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "crisis-sim")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + _YEARS)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("crisis-sim")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return made.public_bytes(serialization.Encoding.PEM), secret


def fingerprint(certificate: bytes) -> str:
    """What people compare of a certificate in DER, as `k7qa-m2xd-9v3t-hw4e`."""
    letters = base64.b32encode(hashlib.sha256(certificate).digest()).decode().lower()[: 4 * GROUPS]
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def names_of_pem(certificate: bytes) -> tuple[str, ...]:
    """The host names that the first certificate in PEM is for, but those with a wildcard. Raises ValueError."""
    loaded = x509.load_pem_x509_certificate(certificate)
    try:
        said = loaded.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    return tuple(name for name in said.get_values_for_type(x509.DNSName) if "*" not in name)


def fingerprint_of_pem(certificate: bytes) -> str:
    """Likewise of the first in PEM. Raises ValueError where there is none."""
    loaded = x509.load_pem_x509_certificate(certificate)
    return fingerprint(loaded.public_bytes(serialization.Encoding.DER))
