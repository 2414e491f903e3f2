using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Media;
using Framelane.Rendering.Tests.Engine;

namespace Framelane.Rendering.Tests.Media;

/// <summary>Stills that cameras and editors wrote something unreadable into, beside pixels that are whole.</summary>
public sealed class OddMetadataTests
{
    const string Pixels = "-f lavfi -i testsrc=s=64x48 -frames:v 1";

    readonly Studio studio = new();

    [TearDown]
    public void Clean() => studio.Dispose();

    [TestCase("cut.jpg")]
    [TestCase("empty.jpg")]
    [TestCase("no-tiff.jpg")]
    [TestCase("beyond.jpg")]
    [TestCase("twice.jpg")]
    [TestCase("icc.jpg")]
    [TestCase("named.webp")]
    public async Task One_is_probed_and_shown(string name)
    {
        studio.Bench.Write(name, Make(name));
        await new MediaProbe(studio.Bench.Tool).ProbeAsync(studio.Bench[name], default);
        var output = await studio.RenderAsync(Scene(name));
        Assert.That(studio.Rgb(output.Path), Is.EqualTo(studio.Rgb((await studio.RenderAsync(Scene(Path.ChangeExtension("plain", Path.GetExtension(name))))).Path)));
    }

    [TestCase("cut.jpg")]
    [TestCase("twice.jpg")]
    [TestCase("named.webp")]
    public void One_whose_pixels_are_cut_off_is_refused_all_the_same(string name)
    {
        var whole = Make(name);
        studio.Bench.Write(name, whole[..(whole.Length * 6 / 10)]);
        Assert.That(() => new MediaProbe(studio.Bench.Tool).ProbeAsync(studio.Bench[name], default), Refusal);
        Assert.That(() => studio.RenderAsync(Scene(name)), Refusal);
    }

    static NUnit.Framework.Constraints.IResolveConstraint Refusal => Throws.TypeOf<MediaException>().With.Property("Code").EqualTo(MediaErrorCodes.InvalidSource);

    byte[] Make(string name)
    {
        var plain = File.ReadAllBytes(studio.Bench.Make(Path.ChangeExtension("plain", Path.GetExtension(name)), Pixels));
        var tiff = Exif.Tiff(1);
        return name switch
        {
            "cut.jpg" => Exif.InJpeg(plain, tiff[..14]),
            "empty.jpg" => Exif.InJpeg(plain, []),
            "no-tiff.jpg" => Exif.InJpeg(plain, [.. "what?"u8, .. tiff]),
            "beyond.jpg" => Exif.InJpeg(plain, [.. tiff[..4], 0xff, .. tiff[5..]]),
            "twice.jpg" => Exif.InJpeg(Exif.InJpeg(plain, tiff[..14]), tiff[..14]),
            "icc.jpg" => [.. plain[..2], 0xff, 0xe2, 0, 20, .. "ICC_PROFILE\0"u8, 9, 1, 1, 2, 3, 4, .. plain[2..]],
            _ => Exif.InWebp(plain, tiff, isNamed: true),
        };
    }

    CreateRenderRequest Scene(string name) => new()
    {
        Width = 64, Height = 48, OutputFormat = OutputFormat.Png, Elements = [new ImageElement { SourceUrl = studio.Use(name), Duration = 1 }],
    };
}
