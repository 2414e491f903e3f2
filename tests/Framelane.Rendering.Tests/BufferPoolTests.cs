using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Tests;

public sealed class BufferPoolTests
{
    [Test]
    public void It_keeps_what_was_used_last_as_much_as_fits()
    {
        // Two of 4000 bytes fit, and three do not.
        using var pool = new BufferPool(mostBytes: 10_000);
        using (pool.Rent(100, 10))
        using (pool.Rent(50, 20))
        using (pool.Rent(20, 50))
        {
        }

        Assert.That(pool.FreeBytes, Is.EqualTo(8_000));
        using (pool.Rent(50, 20))
            Assert.That(pool.FreeBytes, Is.EqualTo(4_000));
        using (pool.Rent(100, 100))
        {
        }

        // One that is too large by itself takes no other's room.
        Assert.That(pool.FreeBytes, Is.EqualTo(8_000));
    }

    [Test]
    public void It_keeps_no_more_than_eight_however_small()
    {
        using var pool = new BufferPool();
        var leases = Enumerable.Range(1, 12).Select(width => pool.Rent(width, 1)).ToArray();
        foreach (var lease in leases)
            lease.Dispose();
        Assert.That(pool.FreeBytes, Is.EqualTo(4 * (5 + 6 + 7 + 8 + 9 + 10 + 11 + 12)));
    }
}
