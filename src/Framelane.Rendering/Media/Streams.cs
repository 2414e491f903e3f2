using Framelane.Application.Abstractions;

namespace Framelane.Rendering.Media;

static class Streams
{
    /// <exception cref="MediaException">There is more.</exception>
    public static async Task<byte[]> ReadAtMostAsync(this Stream stream, int most, CancellationToken cancellationToken)
    {
        var kept = new MemoryStream();
        var buffer = new byte[64 << 10];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            if (kept.Length + count > most)
                throw new MediaException(MediaErrorCodes.InvalidSource, "The source describes itself at too great length.");
            kept.Write(buffer, 0, count);
        }
        return kept.ToArray();
    }
}
