using System.Security.Cryptography;
using System.Text;

namespace Framelane.Api.Conventions.Idempotency;

/// <summary>A digest of what a request asks for. Two with the same digest are the same request.</summary>
static class RequestFingerprint
{
    public static byte[] Of(string path, string query, ReadOnlySpan<byte> body)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        // Lines keep the parts apart: neither a path nor a query can hold a line break.
        digest.AppendData(Encoding.UTF8.GetBytes($"{path}\n{query}\n"));
        digest.AppendData(body);
        return digest.GetHashAndReset();
    }
}
