using System.Security.Cryptography;
using System.Text;

namespace Framelane.Client;

static class Hmac
{
    public static byte[] Of(byte[] key, string prefix, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.UTF8.GetBytes(prefix));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }

    /// <remarks>Takes the same time whichever of them fits, and wherever one differs.</remarks>
    public static bool IsAmong(byte[] expected, IEnumerable<byte[]> signatures)
    {
        var found = false;
        foreach (var signature in signatures)
            found |= CryptographicOperations.FixedTimeEquals(expected, signature);
        return found;
    }
}
