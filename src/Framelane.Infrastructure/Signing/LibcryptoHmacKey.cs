using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Framelane.Infrastructure.Signing;

/// <summary>
/// HMAC-SHA256 (RFC 2104) whose two padded key blocks are hashed once, over the SHA-256 of the OpenSSL that the runtime uses anyway.
/// </summary>
/// <remarks>
/// The runtime's own HMAC resets through OpenSSL's EVP layer, which costs as much as hashing a kilobyte; a delivery needs two MACs.
/// docs/adr and docs/benchmarks.md have the figures. Where the library or its plain SHA-256 is missing, <see cref="PortableHmacKey"/> serves.
/// </remarks>
sealed unsafe partial class LibcryptoHmacKey : HmacKey
{
    const int BlockLength = 64;

    readonly Sha256 inner;
    readonly Sha256 outer;

    public LibcryptoHmacKey(ReadOnlySpan<byte> key)
    {
        Span<byte> block = stackalloc byte[BlockLength];
        block.Clear();
        if (key.Length > BlockLength)
            SHA256.HashData(key, block);
        else
            key.CopyTo(block);
        inner = Pad(block, 0x36);
        outer = Pad(block, 0x5c);
        CryptographicOperations.ZeroMemory(block);
    }

    public static bool IsAvailable { get; } = Probe();

    public override void Compute(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body, Span<byte> mac)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mac.Length, MacLength);
        var state = inner;
        Native.Update(&state, head);
        Native.Update(&state, body);
        fixed (byte* result = mac)
        {
            Native.Final(result, &state);
            state = outer;
            Native.Update(&state, mac[..MacLength]);
            Native.Final(result, &state);
        }
    }

    static Sha256 Pad(ReadOnlySpan<byte> key, byte pad)
    {
        Span<byte> block = stackalloc byte[BlockLength];
        for (var i = 0; i < BlockLength; i++)
            block[i] = (byte)(key[i] ^ pad);
        Sha256 state;
        Native.Init(&state);
        Native.Update(&state, block);
        CryptographicOperations.ZeroMemory(block);
        return state;
    }

    static bool Probe()
    {
        try
        {
            Span<byte> key = stackalloc byte[32];
            Span<byte> message = stackalloc byte[200];
            key.Fill(7);
            message.Fill(9);
            Span<byte> mac = stackalloc byte[MacLength];
            new LibcryptoHmacKey(key).Compute(message[..30], message[30..], mac);
            return mac.SequenceEqual(HMACSHA256.HashData(key, message));
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException or CryptographicException)
        {
            return false;
        }
    }

    /// <summary>OpenSSL's SHA256_CTX: h[8], Nl, Nh, data[16], num, md_len, each of 32 bits.</summary>
    [StructLayout(LayoutKind.Sequential)]
    struct Sha256
    {
        fixed uint words[28];
    }

    static partial class Native
    {
        const string Libcrypto = "libcrypto.so.3";

        public static void Init(Sha256* state) => Check(SHA256_Init(state));

        public static void Update(Sha256* state, ReadOnlySpan<byte> data)
        {
            fixed (byte* bytes = data)
                Check(SHA256_Update(state, bytes, (nuint)data.Length));
        }

        public static void Final(byte* result, Sha256* state) => Check(SHA256_Final(result, state));

        static void Check(int success)
        {
            if (success != 1)
                throw new CryptographicException("SHA-256 failed.");
        }

        [LibraryImport(Libcrypto)]
        private static partial int SHA256_Init(Sha256* state);

        [LibraryImport(Libcrypto)]
        private static partial int SHA256_Update(Sha256* state, byte* data, nuint length);

        [LibraryImport(Libcrypto)]
        private static partial int SHA256_Final(byte* result, Sha256* state);
    }
}
