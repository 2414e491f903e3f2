using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Tests.Media;

namespace Framelane.Rendering.Tests.Engine;

/// <summary>A video that is shown for longer than its source lasts holds its last frame, also where nobody saw it before.</summary>
public sealed class HeldFrameTests
{
    const int Length = 50, Last = Length - 1;

    readonly Studio studio = new();

    [TearDown]
    public void Clean() => studio.Dispose();

    [TestCase("a.mp4", 4, 0, 1)]
    [TestCase("a.mp4", 2, 0, 1)]
    [TestCase("a.mp4", 19.9, 0, 1)]
    [TestCase("a.mp4", 3, 1.9, 1)]
    [TestCase("a.mp4", 4, 0.5, 0.5)]
    [TestCase("a.mp4", 3, 0.3, 1.3)]
    [TestCase("a.webm", 4, 0, 1)]
    [TestCase("a.avi", 4, 0, 1)]
    public async Task In_a_still_of_an_instant_after_its_end(string name, double at, double inPoint, double speed)
    {
        var output = await studio.RenderAsync(Scene(name) with
        {
            OutputFormat = OutputFormat.Png, FrameAt = at, Elements = [new VideoElement { SourceUrl = Make(name), InPoint = inPoint, OutPoint = 20, Speed = speed }],
        });
        Assert.That(Numbers(output), Is.EqualTo([Last]));
    }

    /// <summary>Reading begins at its first frame then, of which whole steps back from the instant may fall short by the last bit of a double.</summary>
    [TestCase(50, 0.7, 1, 1, 17)]
    [TestCase(50, 0.82, 1, 1, 20)]
    [TestCase(25, 1.4, 1, 0.5, 17)]
    [TestCase(25, 1.4, 2, 1, 24)]
    [TestCase(25, 1.64, 2, 1, 24)]
    public async Task In_a_still_of_a_clip_of_a_second(int rate, double at, double outPoint, double speed, int number)
    {
        var source = Make("a.mp4", 25);
        var output = await studio.RenderAsync(Scene("a.mp4") with
        {
            OutputFormat = OutputFormat.Png, FrameRate = rate, FrameAt = at, Elements = [new VideoElement { SourceUrl = source, OutPoint = outPoint, Speed = speed }],
        });
        Assert.That(Numbers(output), Is.EqualTo([number]));
    }

    [Test]
    public async Task In_the_cells_of_a_contact_sheet()
    {
        var output = await studio.RenderAsync(
            Scene("a.mp4") with { OutputFormat = OutputFormat.Png, Elements = [new VideoElement { SourceUrl = Make("a.mp4"), OutPoint = 6 }] }, new ContactSheet(1, 3));
        Assert.That(Numbers(output), Is.EqualTo([25, Last, Last]));
    }

    [Test]
    public async Task In_a_transition_that_brings_it_in_after_its_end()
    {
        studio.Make("black.png", "-f lavfi -i color=black:s=192x32 -frames:v 1");
        var output = await studio.RenderAsync(Scene("a.mp4") with
        {
            FrameRate = 25,
            Elements = [new ImageElement { Id = "from", SourceUrl = studio.Use("black.png"), Duration = 4 }, new VideoElement { Id = "to", SourceUrl = Make("a.mp4"), OutPoint = 5 }],
            Transitions = [new() { Type = "cross_dissolve", Duration = 0.5, FromId = "from", ToId = "to" }],
        });
        Assert.That(Numbers(output)[100..], Has.Length.EqualTo(25).And.All.EqualTo(Last));
    }

    /// <summary>Few frames of a fast video do not hit its last.</summary>
    [Test]
    public async Task It_is_the_one_that_those_see_who_saw_it_all()
    {
        var scene = Scene("a.mp4") with { FrameRate = 5, Elements = [new VideoElement { SourceUrl = Make("a.mp4"), OutPoint = 16, Speed = 4 }] };
        var film = Numbers(await studio.RenderAsync(scene));
        var still = Numbers(await studio.RenderAsync(scene with { OutputFormat = OutputFormat.Png, FrameAt = 3 }));
        Assert.That(film, Is.EqualTo(new[] { 0, 20 }.Concat(Enumerable.Repeat(40, 18))));
        Assert.That(still, Is.EqualTo([40]));
    }

    [TestCase("a.mkv")]
    [TestCase("a.mp4")]
    public async Task Though_its_sound_goes_on(string name)
    {
        var source = studio.Make(
            name, "-f rawvideo -pix_fmt gray -s 192x32 -r 25 -i pipe:0 -f lavfi -i sine=d=6 -c:v libx264 -preset ultrafast -g 40 -pix_fmt yuv420p", BarCode.Frames(Length));
        if (name == "a.mkv")
        {
            // As other programs write it: only the file says how long it lasts.
            var file = File.ReadAllBytes(studio.Bench[name]);
            for (var at = 0; (at = file.AsSpan(at).IndexOf("DURATION"u8) is >= 0 and var next ? at + next : -1) >= 0; at++)
                file[at] = (byte)'X';
            studio.Bench.Write(name, file);
        }

        var output = await studio.RenderAsync(Scene(name) with { OutputFormat = OutputFormat.Png, FrameAt = 5, Elements = [new VideoElement { SourceUrl = source, OutPoint = 6 }] });
        Assert.That(Numbers(output), Is.EqualTo([Last]));
    }

    static CreateRenderRequest Scene(string name) => new() { Width = BarCode.Width, Height = BarCode.Height, Quality = RenderQuality.High, OutputFilename = name };

    string Make(string name, int frames = Length) => studio.Make(
        name, "-f rawvideo -pix_fmt gray -s 192x32 -r 25 -i pipe:0 -g 40 -pix_fmt yuv420p " + (name == "a.webm" ? "-c:v libvpx -b:v 1M -deadline realtime" : "-c:v libx264 -preset ultrafast"),
        BarCode.Frames(frames));

    int[] Numbers(RenderOutput output) => BarCode.Numbers(studio.Grey(output.Path));
}
