using System.Text;
using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Tests.Media;

namespace Framelane.Rendering.Tests.Engine;

/// <summary>A source that cannot be used fails the render with a documented code and a message that names its element, and tells nothing of this machine.</summary>
public sealed class BadSceneSourceTests
{
    static readonly string[] Codes = [MediaErrorCodes.SourceNotFound, MediaErrorCodes.InvalidSource, MediaErrorCodes.CodecUnsupported, MediaErrorCodes.SourceTooLarge, MediaErrorCodes.SourceNotAllowed];

    readonly Studio studio = new();

    [TearDown]
    public void Clean() => studio.Dispose();

    [TestCase("missing", "source_not_found")]
    [TestCase("html", "invalid_source")]
    [TestCase("truncated", "invalid_source")]
    [TestCase("truncated where a seek finds nothing", "invalid_source")]
    [TestCase("without video", "invalid_source")]
    [TestCase("a picture", "invalid_source")]
    [TestCase("a bomb", "source_too_large")]
    [TestCase("wide", "source_too_large")]
    [TestCase("a playlist", "invalid_source")]
    [TestCase("noise for pictures", "invalid_source")]
    public Task A_video(string what, string code) => FailsAsync(new VideoElement { SourceUrl = Make(what) }, code);

    [TestCase("missing", "source_not_found")]
    [TestCase("html", "invalid_source")]
    [TestCase("without video", "invalid_source")]
    [TestCase("a bomb", "source_too_large")]
    [TestCase("half a picture", "invalid_source")]
    public Task An_image(string what, string code) => FailsAsync(new ImageElement { SourceUrl = Make(what), Duration = 1 }, code);

    [Test]
    public Task An_image_that_is_not_seen() =>
        FailsAsync(new ImageElement { SourceUrl = Make("half a picture"), Duration = 1, Visible = false }, "invalid_source");

    /// <remarks>From its beginning and from further on: one that the work would decode from its beginning is checked after it, others beside it.</remarks>
    [TestCase(0)]
    [TestCase(1.5)]
    public Task A_video_that_is_not_seen(double inPoint) =>
        FailsAsync(new VideoElement { SourceUrl = Make("noise that no probe minds"), InPoint = inPoint, Visible = false }, "invalid_source");

    [TestCase("html", "invalid_source")]
    [TestCase("silent", "invalid_source")]
    [TestCase("half a song", "invalid_source")]
    public Task An_audio(string what, string code) => FailsAsync(new AudioElement { SourceUrl = Make(what) }, code);

    [Test]
    public Task One_in_a_composition() => FailsAsync(
        new CompositionElement { Elements = [new ImageElement { SourceUrl = Make("a bomb"), Duration = 1 }] }, "source_too_large", "elements[1].elements[0]");

    [Test]
    public Task A_table_of_colours() => FailsAsync(
        new VideoElement { SourceUrl = Make("silent"), LutUrl = Make("html") }, "invalid_source", "elements[1].lut_url");

    [Test]
    public Task A_background_image() => FailsAsync(
        new CreateRenderRequest { Duration = 1, BackgroundImageUrl = Make("html"), Elements = [] }, "invalid_source", "background_image_url");

    [Test]
    public Task A_piece_that_begins_after_the_end_of_its_source() => FailsAsync(
        new VideoElement { SourceUrl = Make("silent"), InPoint = 7, OutPoint = 8 }, "invalid_source");

    [Test]
    public Task Sound_that_cannot_be_decoded() => FailsAsync(new AudioElement { SourceUrl = Make("noise for sound") }, "invalid_source");

    string Make(string what)
    {
        var bench = studio.Bench;
        switch (what)
        {
            case "missing":
                return studio.Use("missing.mp4");
            case "html":
                bench.Write("page.mp4", Encoding.UTF8.GetBytes("<!doctype html><title>Not found</title>"));
                return studio.Use("page.mp4");
            case "truncated":
                var whole = File.ReadAllBytes(bench.Make("whole.mp4", "-f lavfi -i testsrc=d=2:s=64x48 -pix_fmt yuv420p -movflags +faststart"));
                bench.Write("cut.mp4", whole[..(whole.Length / 2)]);
                return studio.Use("cut.mp4");
            case "truncated where a seek finds nothing":
                whole = File.ReadAllBytes(bench.Make("whole.mp4", "-f lavfi -i sine=d=4 -f lavfi -i testsrc=d=4:s=64x48 -pix_fmt yuv420p -g 10 -movflags +faststart"));
                bench.Write("cut.mp4", whole[..(whole.Length / 2)]);
                return studio.Use("cut.mp4");
            case "without video":
                return studio.Make("song.mp4", "-f lavfi -i sine=d=1 -c:a aac");
            case "half a song":
                whole = File.ReadAllBytes(bench.Make("whole.mp3", "-f lavfi -i sine=d=4"));
                bench.Write("cut.mp3", whole[..(whole.Length / 2)]);
                return studio.Use("cut.mp3");
            case "a picture":
                File.Move(bench.Make("still.png", "-f lavfi -i testsrc=s=32x32 -frames:v 1"), bench["still.mp4"]);
                return studio.Use("still.mp4");
            case "a bomb":
                bench.Write("bomb.mp4", Png.Empty(20_000, 20_000));
                return studio.Use("bomb.mp4");
            case "wide":
                return studio.Make("wide.mov", "-f lavfi -i color=s=20000x16 -frames:v 1 -c:v png");
            case "a playlist":
                bench.Write("list.mp4", Encoding.UTF8.GetBytes($"#EXTM3U\n#EXTINF:1,\nfile://{bench["whole.mp4"]}\n#EXT-X-ENDLIST\n"));
                return studio.Use("list.mp4");
            case "half a picture":
                whole = File.ReadAllBytes(bench.Make("whole.jpg", "-f lavfi -i testsrc=s=320x240 -frames:v 1"));
                bench.Write("cut.jpg", whole[..(whole.Length * 6 / 10)]);
                return studio.Use("cut.jpg");
            case "noise for pictures":
                return Noise("noise.mp4", "-f lavfi -i testsrc=d=2:s=64x48 -pix_fmt yuv420p");
            case "noise that no probe minds":
                // Of a codec whose pixels are known before a frame is decoded.
                return Noise("noise.mov", "-f lavfi -i testsrc=d=2:s=64x48:r=10 -c:v cinepak");
            case "silent":
                return studio.Make("silent.mp4", "-f lavfi -i testsrc=d=2:s=64x48 -pix_fmt yuv420p");
            default:
                return Noise("noise.m4a", "-f lavfi -i sine=d=1 -c:a aac");
        }
    }

    /// <summary>Whole by its index, and nothing but noise where its samples are.</summary>
    string Noise(string name, string arguments)
    {
        var file = File.ReadAllBytes(studio.Bench.Make(name, arguments));
        new Random(1).NextBytes(file.AsSpan((file.AsSpan().IndexOf("mdat"u8) + 4)..(file.AsSpan().IndexOf("moov"u8) - 4)));
        studio.Bench.Write(name, file);
        return studio.Use(name);
    }

    Task FailsAsync(SceneElement element, string code, string place = "elements[1]") =>
        FailsAsync(new CreateRenderRequest { Elements = [new CompositionElement { Duration = 1 }, element] }, code, place);

    async Task FailsAsync(CreateRenderRequest scene, string code, string place)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var failure = await Assert.ThrowsAsync<MediaException>(() => studio.RenderAsync(scene with { Width = 64, Height = 48 }, cancellationToken: patience.Token));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure!.Code, Is.EqualTo(code), failure.Message);
            Assert.That(Codes, Does.Contain(failure.Code));
            Assert.That(failure.Message, Does.Contain(place).And.Not.Contains(studio.Bench.Folder.Name).And.Not.Contains("/").And.Not.Match("ff(mpeg|probe)| -[a-z]|pipe:"));
            Assert.That(studio.Bench.Folder.GetDirectories("out*").SelectMany(folder => folder.GetFiles()).Select(file => file.Name), Is.Empty);
        }
    }
}
