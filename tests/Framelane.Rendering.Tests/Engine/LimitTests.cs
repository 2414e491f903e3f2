using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;

namespace Framelane.Rendering.Tests.Engine;

/// <summary>What one render may use at most.</summary>
public sealed class LimitTests
{
    const int PictureBytes = 64 * 64 * 4;

    readonly Studio studio = new();

    [TearDown]
    public void Clean() => studio.Dispose();

    [Test]
    public async Task Pictures_that_are_shown_one_after_the_other_share_their_memory()
    {
        studio.Limits = studio.Limits with { PictureBytes = 2 * PictureBytes };
        var output = await studio.RenderAsync(Scene([.. Enumerable.Range(0, 5).Select(i => Image(i, time: i))]));
        Assert.That(studio.Grey(output.Path, "scale=1:1"), Is.EqualTo(Enumerable.Range(0, 5).Select(i => 40 * (i + 1))).Within(4));
    }

    [Test]
    public void Pictures_that_are_shown_at_once_are_not_more_than_fit()
    {
        // Of a video four frames as its file keeps them, and one as pixels: as much as two and a half.
        studio.Limits = studio.Limits with { PictureBytes = 4 * PictureBytes };
        var scene = Scene(
        [
            Image(0, time: 0),
            new VideoElement { SourceUrl = studio.Make("a.mp4", "-f lavfi -i testsrc=d=1:s=64x64:r=5 -pix_fmt yuv420p") },
            Image(1, time: 0),
        ]);
        Assert.That(() => studio.RenderAsync(scene), Throws.TypeOf<MediaException>()
            .With.Property("Code").EqualTo(MediaErrorCodes.SourceTooLarge).And.Message.StartsWith("elements[0].source_url: Together with the other pictures"));
    }

    [Test]
    public async Task Videos_that_are_shown_one_after_the_other_are_as_many_as_one_likes()
    {
        studio.Limits = studio.Limits with { Videos = 1 };
        var output = await studio.RenderAsync(Scene([.. Enumerable.Range(0, 3).Select(i => Video(i, time: i))]));
        Assert.That(studio.Grey(output.Path, "scale=1:1"), Is.EqualTo(Enumerable.Range(0, 3).Select(i => 40 * (i + 1))).Within(4));
    }

    [Test]
    public void No_more_videos_are_decoded_at_once_than_may()
    {
        studio.Limits = studio.Limits with { Videos = 2 };
        Assert.That(() => studio.RenderAsync(Scene([Video(0, time: 0), Video(1, time: 0), Video(2, time: 0)])), Throws.TypeOf<MediaException>()
            .With.Property("Code").EqualTo(MediaErrorCodes.SourceTooLarge).And.Message.EndsWith(".source_url: More than 2 videos are shown at that time."));
    }

    [Test]
    public void An_output_does_not_last_longer_than_it_may()
    {
        studio.Limits = studio.Limits with { OutputDuration = TimeSpan.FromSeconds(4) };
        Assert.That(() => studio.RenderAsync(Scene([Image(0, time: 0)]) with { Duration = 4.1 }), Throws.TypeOf<MediaException>()
            .With.Property("Code").EqualTo(MediaErrorCodes.SourceTooLarge).And.Message.EqualTo("The output would last 4.1 s; at most 4 s are allowed."));
    }

    [Test]
    public async Task An_output_that_is_too_long_by_a_rounding_alone_is_made()
    {
        // As 5040 s at a speed of 0.7 are in binary more than two hours.
        studio.Limits = studio.Limits with { OutputDuration = TimeSpan.FromSeconds(4) };
        Assert.That((await studio.RenderAsync(Scene([Image(0, time: 0)]) with { Duration = Math.BitIncrement(4d) })).Duration, Is.EqualTo(4));
    }

    [Test]
    public async Task Pictures_of_a_scene_that_lasts_longer_than_an_output_may_are_made()
    {
        studio.Limits = studio.Limits with { OutputDuration = TimeSpan.FromSeconds(4) };
        var scene = Scene([Image(0, time: 9)]) with { Duration = 10, OutputFormat = OutputFormat.Png, FrameAt = 9.5 };
        var output = await studio.RenderAsync(scene);
        Assert.That(output.SceneDuration, Is.EqualTo(10));
        Assert.That(studio.Pixel(output, 0.5, 0.5).Red, Is.EqualTo(40).Within(1));
        Assert.That((await studio.RenderAsync(scene, new ContactSheet(2, 1))).Width, Is.EqualTo(128));
    }

    [Test]
    public void An_output_is_not_larger_than_it_may()
    {
        studio.Limits = studio.Limits with { OutputBytes = 2000 };
        Assert.That(() => studio.RenderAsync(Scene([Image(0, time: 0) with { Noise = 100, Duration = 5 }])), Throws.TypeOf<MediaException>()
            .With.Property("Code").EqualTo(MediaErrorCodes.SourceTooLarge).And.Message.EqualTo("The output would be larger than 2000 bytes."));
    }

    static CreateRenderRequest Scene(IReadOnlyList<SceneElement> elements) => new() { Width = 64, Height = 64, FrameRate = 1, Elements = elements };

    VideoElement Video(int number, double time)
    {
        var grey = 40 * (number + 1);
        return new()
        {
            SourceUrl = studio.Make($"{number}.mp4", $"-f lavfi -i color=0x{grey:x2}{grey:x2}{grey:x2}:s=64x64:r=1:d=1 -pix_fmt yuv420p"), Time = time, OutPoint = 1,
        };
    }

    ImageElement Image(int number, double time)
    {
        var grey = 40 * (number + 1);
        return new() { SourceUrl = studio.Make($"{number}.png", $"-f lavfi -i color=0x{grey:x2}{grey:x2}{grey:x2}:s=64x64 -frames:v 1"), Time = time, Duration = 1 };
    }
}
