using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;

namespace Framelane.Rendering.Tests.Engine;

/// <summary>Of files whose picture and sound do not end together.</summary>
public sealed class LongerSoundTests
{
    readonly Studio studio = new();

    [TearDown]
    public void Clean() => studio.Dispose();

    [TestCase("a.mp4", "", 4)]
    [TestCase("a.mkv", "", 4)]
    [TestCase("late.mp4", "-itsoffset 1", 5)]
    [TestCase("late.mkv", "-itsoffset 1", 5)]
    [TestCase("late.ts", "-itsoffset 1", 4)]
    public async Task What_is_only_heard_lasts_as_long_as_it_sounds(string name, string late, double seconds)
    {
        var output = await studio.RenderAsync(new() { Width = 64, Height = 48, Elements = [new AudioElement { SourceUrl = Make(name, 1, 4, late) }] });
        var (left, _) = studio.Sound(output.Path);
        Assert.That(output.Duration, Is.EqualTo(seconds).Within(0.05));
        Assert.That(Peak(left, seconds - 0.3, seconds - 0.1), Is.GreaterThan(0.05));
    }

    [Test]
    public async Task What_is_only_heard_ends_before_its_picture()
    {
        var output = await studio.RenderAsync(new() { Width = 64, Height = 48, Elements = [new AudioElement { SourceUrl = Make("a.mp4", 3, 1), FadeOutDuration = 0.5 }] });
        var (left, _) = studio.Sound(output.Path);
        Assert.That(output.Duration, Is.EqualTo(1).Within(0.05));
        Assert.That(Peak(left, 0.9, 0.95), Is.LessThan(0.05), "it fades before its end");
    }

    [Test]
    public async Task What_begins_after_the_picture_ends_is_heard_and_not_seen()
    {
        var source = Make("a.mp4", 1, 4);
        var output = await studio.RenderAsync(new() { Width = 64, Height = 48, Elements = [new AudioElement { SourceUrl = source, InPoint = 2 }] });
        Assert.That(output.Duration, Is.EqualTo(2).Within(0.05));
        Assert.That(
            () => studio.RenderAsync(new() { Width = 64, Height = 48, Elements = [new VideoElement { SourceUrl = source, InPoint = 2 }] }),
            Throws.TypeOf<MediaException>().With.Message.Contains("in_point"));
    }

    [Test]
    public async Task A_held_frame_is_heard_on()
    {
        var source = Make("a.mp4", 1, 4);
        var shown = await studio.RenderAsync(new() { Width = 64, Height = 48, Duration = 4, Elements = [new VideoElement { SourceUrl = source }] });
        var held = await studio.RenderAsync(new() { Width = 64, Height = 48, Duration = 4, Elements = [new VideoElement { SourceUrl = source, OutPoint = 3 }] });
        using (Assert.EnterMultipleScope())
        {
            foreach (var (output, end) in new[] { (shown, 1), (held, 3) })
            {
                var (left, _) = studio.Sound(output.Path);
                Assert.That(Peak(left, end - 0.3, end - 0.1), Is.GreaterThan(0.05), $"until {end}");
                Assert.That(Peak(left, end + 0.1, 3.9), Is.LessThan(0.01), $"after {end}");
            }
        }
    }

    string Make(string name, double picture, double sound, string late = "") => studio.Make(
        name, FormattableString.Invariant($"-f lavfi -i color=gray:s=64x48:r=25:d={picture} {late} -f lavfi -i sine=d={sound} -c:v libx264 -pix_fmt yuv420p -c:a {(name.EndsWith(".ts", StringComparison.Ordinal) ? "mp2" : "aac")}"));

    static double Peak(double[] samples, double from, double to) => samples[(int)(from * 48_000)..(int)(to * 48_000)].Max(Math.Abs);
}
