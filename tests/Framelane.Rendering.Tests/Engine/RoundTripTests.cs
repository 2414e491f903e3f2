using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Media;
using Framelane.Rendering.Tests.Media;

namespace Framelane.Rendering.Tests.Engine;

/// <summary>Frames that carry their number go through the whole engine: none is dropped, doubled or shifted but as rates and speed ask for it.</summary>
public sealed class RoundTripTests
{
    const int Length = 90;

    readonly Studio studio = new();

    [TearDown]
    public void Clean() => studio.Dispose();

    [TestCase(24, 1, 24, 0, null, 1)]
    [TestCase(25, 1, 25, 0.2, 3, 1)]
    [TestCase(60, 1, 60, 0.5, null, 1)]
    [TestCase(30000, 1001, 30, 0.5, 2.5, 1)]
    [TestCase(30000, 1001, 24, 0, 2, 1.5)]
    [TestCase(30, 1, 24, 0.7337, null, 1)]
    [TestCase(24, 1, 60, 1, 1.5, 0.5)]
    [TestCase(60, 1, 25, 0.1, 0.6, 0.25)]
    [TestCase(50, 1, 30, 0, null, 4)]
    [TestCase(25, 1, 50, 2.04, 3.04, 2)]
    public async Task Each_frame_is_the_latest_of_the_source_that_is_not_after_it(int frames, int seconds, int rate, double inPoint, double? outPoint, double speed)
    {
        var source = studio.Make(
            "a.mp4", $"-f rawvideo -pix_fmt gray -s 192x32 -r {frames}/{seconds} -i pipe:0 -c:v libx264 -preset ultrafast -bf 2 -g 40 -pix_fmt yuv420p", BarCode.Frames(Length));
        var output = await studio.RenderAsync(new()
        {
            Width = BarCode.Width,
            Height = BarCode.Height,
            FrameRate = rate,
            Elements = [new VideoElement { SourceUrl = source, InPoint = inPoint, OutPoint = outPoint, Speed = speed, Time = 0.2 }],
            Quality = RenderQuality.High,
        });
        var sourceRate = (double)frames / seconds;
        var end = 0.2 + (((outPoint ?? Length / sourceRate) - inPoint) / speed);
        var expected = Enumerable.Range(0, (int)Math.Floor((end * rate) + 0.5 + 1e-6)).Select(k => Latest((k / (double)rate) - 0.2));
        Assert.That(BarCode.Numbers(studio.Grey(output.Path)), Is.EqualTo(expected));

        // Before it begins, the black background, which reads as none.
        int Latest(double time) => time < -1e-6 ? 0 : Math.Min(Length - 1, (int)Math.Floor((inPoint + (time * speed) + VideoCut.Tolerance) * sourceRate));
    }
}
