using System.Security.Cryptography;

namespace Framelane.Infrastructure.Signing;

/// <summary>A key of HMAC-SHA256 that is set up once and used by many threads for many messages.</summary>
abstract class HmacKey
{
    /// <summary>Bytes of a MAC.</summary>
    public const int MacLength = 32;

    /// <summary>The fastest that this machine has, after it has proved itself on a message.</summary>
    public static HmacKey Create(ReadOnlySpan<byte> key) => LibcryptoHmacKey.IsAvailable ? new LibcryptoHmacKey(key) : new PortableHmacKey(key);

    /// <summary>The MAC of the two parts, one behind the other.</summary>
    /// <param name="mac">At least <see cref="MacLength"/> bytes.</param>
    public abstract void Compute(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body, Span<byte> mac);
}

/// <summary>The runtime's own HMAC: sets the key up for each message.</summary>
sealed class PortableHmacKey(ReadOnlySpan<byte> key) : HmacKey
{
    readonly byte[] key = key.ToArray();

    public override void Compute(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body, Span<byte> mac)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(head);
        hmac.AppendData(body);
        hmac.GetHashAndReset(mac);
    }
}
