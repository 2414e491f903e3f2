using System.Security.Cryptography;
using System.Text;

namespace Framelane.Infrastructure.Secrets;

/// <summary>AES-256-GCM under a key derived from the master key: nonce, tag, ciphertext.</summary>
static class KeyWrap
{
    const string Purpose = "key-ring v1";

    static readonly int NonceLength = AesGcm.NonceByteSizes.MaxSize;
    static readonly int TagLength = AesGcm.TagByteSizes.MaxSize;

    public static byte[] Seal(MasterKey master, byte[] plain)
    {
        var result = new byte[NonceLength + TagLength + plain.Length];
        var (nonce, tag, cipher) = Parts(result);
        RandomNumberGenerator.Fill(nonce.Span);
        using var aes = new AesGcm(master.Derive(Purpose), TagLength);
        aes.Encrypt(nonce.Span, plain, cipher.Span, tag.Span, Encoding.ASCII.GetBytes(Purpose));
        return result;
    }

    /// <exception cref="CryptographicException">It was wrapped under another master key, or changed.</exception>
    public static byte[] Open(MasterKey master, byte[] wrapped)
    {
        if (wrapped.Length < NonceLength + TagLength)
            throw new CryptographicException("Not a wrapped key.");
        var (nonce, tag, cipher) = Parts(wrapped);
        var plain = new byte[cipher.Length];
        using var aes = new AesGcm(master.Derive(Purpose), TagLength);
        aes.Decrypt(nonce.Span, cipher.Span, tag.Span, plain, Encoding.ASCII.GetBytes(Purpose));
        return plain;
    }

    static (Memory<byte> Nonce, Memory<byte> Tag, Memory<byte> Cipher) Parts(Memory<byte> all) =>
        (all[..NonceLength], all[NonceLength..(NonceLength + TagLength)], all[(NonceLength + TagLength)..]);
}
