using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Tests;

public sealed class PixelBufferTests
{
    [Test]
    public void Rows_follow_each_other_without_gaps()
    {
        using var buffer = new PixelBuffer(3, 2);
        buffer.Bytes.Clear();
        buffer.Row(1)[0] = 7;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(buffer.Bytes.Length, Is.EqualTo(24));
            Assert.That(buffer.Bytes[12], Is.EqualTo(7));
            Assert.That((long)buffer.Address % 64, Is.Zero);
        }
    }

    [Test]
    public void Nothing_is_read_of_one_that_was_given_back()
    {
        var buffer = new PixelBuffer(1, 1);
        buffer.Dispose();
        Assert.That(() => buffer.Bytes.Length, Throws.TypeOf<ObjectDisposedException>());
    }
}
