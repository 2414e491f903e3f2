using System.Diagnostics;
using Framelane.Bench.Common;
using Framelane.Bench.Load;
using Microsoft.AspNetCore.Http;

namespace Framelane.Bench.Proofs;

/// <summary>The sources of the renders: two clips with sound, made once, served on loopback.</summary>
sealed class Clips : IAsyncDisposable
{
    readonly string folder;
    Sink? server;

    Clips(string folder) => this.folder = folder;

    /// <summary>What is asked for: the clips one after the other, with a dissolve, and their sound.</summary>
    public object Scene => new
    {
        width = 640,
        height = 360,
        elements = new object[]
        {
            new { type = "video", id = "a", source_url = server!.UrlOf("/a.mp4") },
            new { type = "video", id = "b", source_url = server.UrlOf("/b.mp4"), time = 2.0, effects = new[] { new { type = "rgb_split" } } },
        },
        transitions = new[] { new { type = "cross_dissolve", duration = 1.0, from_id = "a", to_id = "b" } },
    };

    /// <summary>Seconds of what the scene becomes.</summary>
    public static double Duration => 5;

    public static async Task<Clips> ServeAsync(string folder)
    {
        var clips = new Clips(folder);
        clips.Make("a.mp4", "testsrc2=s=640x360:r=30:d=3", "sine=440:d=3");
        clips.Make("b.mp4", "mandelbrot=s=640x360:r=25", "sine=660:d=3");
        clips.server = await Sink.StartAsync(context => context.Response.SendFileAsync(Path.Combine(folder, Path.GetFileName(context.Request.Path.Value!))));
        return clips;
    }

    public ValueTask DisposeAsync() => server!.DisposeAsync();

    void Make(string name, string picture, string sound)
    {
        string[] arguments =
        [
            "-nostdin", "-v", "error", "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound, "-t", "3",
            "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", Path.Combine(folder, name),
        ];
        using var ffmpeg = Process.Start("ffmpeg", arguments);
        ffmpeg.WaitForExit();
        if (ffmpeg.ExitCode != 0)
            throw new UsageException("ffmpeg could not make the sources. bench/prove.sh installs it, and so does: apt-get install ffmpeg");
    }
}
