using System.Security.Cryptography;
using CsCheck;
using Framelane.Infrastructure.Signing;

namespace Framelane.Infrastructure.Tests.Signing;

public sealed class HmacKeyTests
{
    /// <summary>Keys around the block of 64 bytes, messages around the blocks that are hashed at once, cut anywhere.</summary>
    static readonly Gen<(byte[] Key, byte[] Head, byte[] Body)> Messages = Gen.Select(
        Gen.Byte.Array[0, 200],
        Gen.Byte.Array[0, 130],
        Gen.OneOf(Gen.Byte.Array[0, 130], Gen.Byte.Array[1000, 5000]));

    [Test]
    public void This_machine_has_the_fast_one() => Assert.That(LibcryptoHmacKey.IsAvailable, Is.True);

    [Test]
    public void Both_implementations_are_the_runtimes_own_hmac() => Messages.Sample(
        message =>
        {
            byte[] whole = [.. message.Head, .. message.Body];
            var expected = HMACSHA256.HashData(message.Key, whole);
            return Mac(new LibcryptoHmacKey(message.Key), message.Head, message.Body).SequenceEqual(expected)
                && Mac(new PortableHmacKey(message.Key), message.Head, message.Body).SequenceEqual(expected);
        },
        iter: 2_000);

    [TestCase(63)]
    [TestCase(64)]
    [TestCase(65)]
    public void The_ends_of_a_block_are_keys_like_others(int length)
    {
        var key = RandomNumberGenerator.GetBytes(length);

        Assert.That(Mac(new LibcryptoHmacKey(key), [1], [2]), Is.EqualTo(HMACSHA256.HashData(key, (byte[])[1, 2])));
    }

    [Test]
    public void The_mac_fills_the_first_bytes_and_no_others()
    {
        var into = new byte[40];

        new LibcryptoHmacKey([1]).Compute([2], [3], into);

        Assert.That(into, Is.EqualTo((byte[])[.. HMACSHA256.HashData((byte[])[1], (byte[])[2, 3]), .. new byte[8]]));
        Assert.That(() => new LibcryptoHmacKey([1]).Compute([2], [3], new byte[31]), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void One_key_serves_many_threads_at_once()
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        HmacKey[] keys = [new LibcryptoHmacKey(secret), new PortableHmacKey(secret)];
        var wrong = 0;

        Parallel.For(0, 8, thread =>
        {
            var random = new Random(thread);
            for (var i = 0; i < 2_000; i++)
            {
                var body = new byte[random.Next(300)];
                random.NextBytes(body);
                if (!Mac(keys[i % 2], [], body).SequenceEqual(HMACSHA256.HashData(secret, body)))
                    Interlocked.Increment(ref wrong);
            }
        });

        Assert.That(wrong, Is.Zero);
    }

    static byte[] Mac(HmacKey key, byte[] head, byte[] body)
    {
        var mac = new byte[HmacKey.MacLength];
        key.Compute(head, body, mac);
        return mac;
    }
}
