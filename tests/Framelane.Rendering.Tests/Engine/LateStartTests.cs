using Framelane.Application.Renders.Scenes;

namespace Framelane.Rendering.Tests.Engine;

/// <summary>Of files whose picture does not begin with them, or that begin after 0.</summary>
public sealed class LateStartTests
{
    const string Steps = "-f lavfi -i color=black:s=64x64:r=5:d=2,geq=lum='16+20*N':cb=128:cr=128 -pix_fmt yuv420p -g 5";

    readonly Studio studio = new();

    [TearDown]
    public void Clean() => studio.Dispose();

    [TestCase("late.mp4", "-f lavfi -i sine=d=3 -itsoffset 1", 1, 3)]
    [TestCase("late.mkv", "-f lavfi -i sine=d=3 -itsoffset 1", 1, 3)]
    [TestCase("both.mkv", "-itsoffset 2 -f lavfi -i sine=d=3 -itsoffset 3", 1, 3)]
    [TestCase("lone.mkv", "-itsoffset 2", 0, 2)]
    [TestCase("lone.ts", "-itsoffset 2", 0, 2)]
    [TestCase("recorded.mkv", "-itsoffset 2", 0, 2)]
    public async Task Their_picture_is_seen_to_its_last_frame_and_no_longer(string name, string before, double start, double seconds)
    {
        var steps = studio.Bench.Make("steps.mp4", Steps);
        var url = studio.Make(name, $"{before} -i {steps} {(start > 0 ? "-map 0 -map 1" : "-map 0")} -c:v copy -c:a {(name.EndsWith("mkv", StringComparison.Ordinal) ? "flac" : "aac")} {(name.StartsWith("recorded", StringComparison.Ordinal) ? "-live 1" : "")}");
        var output = await studio.RenderAsync(new() { Width = 64, Height = 64, FrameRate = 5, Elements = [new VideoElement { SourceUrl = url }] });
        var grey = studio.Grey(output.Path, "scale=1:1");
        var held = (int)(start * 5);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(output.Duration, Is.EqualTo(seconds));
            Assert.That(grey.Skip(held).Distinct().Count(), Is.EqualTo(10), "all frames");
            Assert.That(grey.Take(held).Distinct().Count(), Is.EqualTo(start > 0 ? 1 : 0), "its first, before it begins");
        }
    }

    [Test]
    public async Task What_is_heard_of_a_file_that_begins_late_is_heard_to_its_end_and_no_longer()
    {
        var url = studio.Make("late.mkv", "-itsoffset 2 -f lavfi -i sine=d=3 -c:a flac");
        var output = await studio.RenderAsync(new() { Width = 64, Height = 64, FrameRate = 5, Elements = [new AudioElement { SourceUrl = url }] });
        Assert.That(output.Duration, Is.EqualTo(3));
    }
}
