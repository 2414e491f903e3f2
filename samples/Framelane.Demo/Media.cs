using System.Diagnostics;

namespace Framelane.Demo;

/// <summary>A file to render from.</summary>
/// <param name="ContentType">What it is uploaded as.</param>
sealed record MediaFile(string Path, string ContentType);

/// <summary>Makes clips, a picture and music with ffmpeg: a demo that needs nobody's footage.</summary>
sealed class Media(string folder)
{
    /// <summary>Seconds of the clips and the music.</summary>
    const string Length = "4", MusicLength = "8";

    public async Task<(MediaFile First, MediaFile Second, MediaFile Logo, MediaFile Music)> MakeAsync(CancellationToken cancellationToken)
    {
        return (
            await ClipAsync("first.mp4", "gradients=size=1280x720:rate=30:speed=0.02:c0=0x14213d:c1=0x3a86ff:c2=0x8338ec", "sine=frequency=330", cancellationToken),
            await ClipAsync("second.mp4", "mandelbrot=size=1280x720:rate=30:start_scale=1:end_scale=0.3", "sine=frequency=440", cancellationToken),
            await MakeAsync(
                "logo.png", "image/png", cancellationToken,
                "-f", "lavfi", "-i", "color=c=white@0:size=240x240,format=rgba,geq=r=255:g='160+Y/4':b=60:a='255*lt(abs(hypot(X-120,Y-120)-85),28)'",
                "-frames:v", "1"),
            await MakeAsync(
                "music.mp3", "audio/mpeg", cancellationToken,
                "-f", "lavfi", "-i", "aevalsrc='0.15*sin(2*PI*220*t)+0.1*sin(2*PI*277.2*t)+0.1*sin(2*PI*329.6*t)'", "-t", MusicLength));
    }

    Task<MediaFile> ClipAsync(string name, string picture, string sound, CancellationToken cancellationToken) => MakeAsync(
        name, "video/mp4", cancellationToken,
        "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound, "-t", Length, "-pix_fmt", "yuv420p", "-preset", "veryfast", "-movflags", "+faststart");

    async Task<MediaFile> MakeAsync(string name, string contentType, CancellationToken cancellationToken, params string[] arguments)
    {
        var path = Path.Combine(folder, name);
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", ["-nostdin", "-loglevel", "error", "-y", .. arguments, path]))!;
        await ffmpeg.WaitForExitAsync(cancellationToken);
        if (ffmpeg.ExitCode != 0)
            throw new InvalidOperationException($"ffmpeg could not make {name}; see above.");
        return new(path, contentType);
    }
}
