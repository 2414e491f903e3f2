using System.Diagnostics;

namespace Framelane.Api.Tests.Http;

/// <summary>Media as ffmpeg alone makes and reads it.</summary>
static class Footage
{
    /// <summary>Moving test pictures of 25 frames a second.</summary>
    public static Task<byte[]> ClipAsync(int width, int height, int seconds) => MakeAsync(
        ".mp4", "-f", "lavfi", "-i", $"testsrc2=s={width}x{height}:r=25:d={seconds}", "-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-pix_fmt", "yuv420p", "-movflags", "+faststart");

    /// <summary>A picture's pixels, red, green, blue and alpha, at the size given or its own.</summary>
    public static async Task<byte[]> PixelsAsync(byte[] picture, string filter = "null") =>
        await WithFileAsync(picture, path => MakeAsync(".rgba", "-i", path, "-vf", filter, "-pix_fmt", "rgba", "-f", "rawvideo"));

    /// <summary>What ffprobe says of the first picture: values by line.</summary>
    public static async Task<string[]> ProbeAsync(byte[] media, string entries) => await WithFileAsync(media, async path =>
        System.Text.Encoding.UTF8.GetString(await RunAsync("ffprobe", "-v", "error", "-select_streams", "v:0", "-of", "default=nw=1:nk=1", "-show_entries", entries, path))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries));

    static async Task<byte[]> MakeAsync(string extension, params string[] arguments)
    {
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + extension);
        try
        {
            await RunAsync("ffmpeg", ["-nostdin", "-v", "error", "-y", .. arguments, path]);
            return await File.ReadAllBytesAsync(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    static async Task<T> WithFileAsync<T>(byte[] content, Func<string, Task<T>> work)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, content);
            return await work(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    static async Task<byte[]> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, program);
        return output.ToArray();
    }
}
