using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;

namespace Framelane.Rendering.Tests.Engine;

public sealed class SheetTests
{
    readonly Studio studio = new();

    [TearDown]
    public void Clean() => studio.Dispose();

    [TestCase(3, 2)]
    [TestCase(1, 1)]
    [TestCase(2, 4)]
    public async Task Each_cell_is_the_still_of_its_instant_in_reading_order(int columns, int rows)
    {
        var clip = studio.Make($"clip{columns}.mp4", "-f lavfi -i testsrc2=s=128x96:r=25:d=6 -c:v libx264 -pix_fmt yuv420p");
        var scene = new CreateRenderRequest
        {
            Width = 128, Height = 96, OutputFormat = OutputFormat.Png,
            Elements =
            [
                new VideoElement { Id = "a", SourceUrl = clip, OutPoint = 4 },
                new VideoElement { Id = "b", SourceUrl = clip, Time = 3, InPoint = 1, OutPoint = 4, Effects = [new() { Type = "glitch" }] },
                new TextElement { Text = "over it", Time = 1, Duration = 3, FontSize = 20, Motion = [new() { Type = "slide_up", Time = 1, Duration = 2 }] },
            ],
            Transitions = [new() { Type = "swirl", Duration = 1, FromId = "a", ToId = "b" }],
        };
        var sheet = await studio.RenderAsync(scene, new(columns, rows));
        var pixels = studio.Rgb(sheet.Path);

        Assert.That((sheet.Width, sheet.Height, sheet.SceneDuration, sheet.Duration), Is.EqualTo((128 * columns, 96 * rows, 6d, (double?)null)));
        for (var cell = 0; cell < columns * rows; cell++)
        {
            var still = studio.Rgb((await studio.RenderAsync(scene with { FrameAt = 6 * (cell + 0.5) / (columns * rows) })).Path);
            Assert.That(Part(pixels, 128 * columns, cell % columns * 128, cell / columns * 96), Is.EqualTo(still).AsCollection, $"cell {cell}");
        }
    }

    [Test]
    public void A_source_that_cannot_be_decoded_fails_all_of_it_by_its_place()
    {
        var clip = studio.Make("whole.mp4", "-f lavfi -i testsrc2=s=128x96:r=25:d=4 -c:v libx264 -pix_fmt yuv420p -movflags faststart");
        var whole = File.ReadAllBytes(studio.Bench["whole.mp4"]);
        studio.Bench.Write("cut.mp4", whole[..(whole.Length / 2)]);
        var cut = studio.Use("cut.mp4");
        var scene = new CreateRenderRequest { OutputFormat = OutputFormat.Png, Elements = [new VideoElement { SourceUrl = clip }, new VideoElement { SourceUrl = cut }] };
        Assert.That(() => studio.RenderAsync(scene, new(2, 2)), Throws.TypeOf<MediaException>().With.Property("Place").StartsWith("elements[1]"));
    }

    [Test]
    public async Task Cancelled_it_ends_at_once()
    {
        var clip = studio.Make("long.mp4", "-f lavfi -i testsrc2=s=640x360:r=25:d=10 -c:v libx264 -preset ultrafast -pix_fmt yuv420p");
        var scene = new CreateRenderRequest { OutputFormat = OutputFormat.Png, Elements = [.. Enumerable.Range(0, 4).Select(_ => new VideoElement { SourceUrl = clip, Blur = 50 })] };
        using var stop = new CancellationTokenSource();
        var making = studio.RenderAsync(scene, new(8, 8), stop.Token);
        await Task.Delay(500);
        await stop.CancelAsync();
        var began = TimeProvider.System.GetTimestamp();
        Assert.That(async () => await making, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(TimeProvider.System.GetElapsedTime(began), Is.LessThan(TimeSpan.FromSeconds(2)));
    }

    static byte[] Part(byte[] picture, int width, int left, int top)
    {
        var part = new byte[128 * 96 * 3];
        for (var y = 0; y < 96; y++)
            picture.AsSpan((((top + y) * width) + left) * 3, 128 * 3).CopyTo(part.AsSpan(y * 128 * 3));
        return part;
    }
}
