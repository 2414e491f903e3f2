using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Engine;
using Framelane.Rendering.Media;
using Framelane.Rendering.Tests.Media;

namespace Framelane.Rendering.Tests.Engine;

/// <summary>Sources that were probed when they came, and of which was kept what that found: a render looks at none of them again.</summary>
public sealed class KnownSourceTests
{
    const string Address = "https://example.com/";

    static readonly string[] Names = ["a.mp4", "b.mp3", "c.png"];

    static readonly Workbench bench = new();

    /// <summary>A machine on which nothing can be probed.</summary>
    readonly MediaTool blind = new(new() { Ffprobe = "/nowhere/ffprobe" });

    [OneTimeSetUp]
    public static void Make()
    {
        bench.Make("a.mp4", "-f lavfi -i testsrc2=s=64x48:r=25:d=2 -f lavfi -i sine=440:d=2 -pix_fmt yuv420p");
        bench.Make("b.mp3", "-f lavfi -i sine=660:d=3");
        bench.Make("c.png", "-f lavfi -i testsrc=s=64x48 -frames:v 1");
    }

    [OneTimeTearDown]
    public static void Clean() => bench.Dispose();

    [Test]
    public async Task They_make_the_same_file_and_nothing_is_probed_for_it()
    {
        var probed = await RenderAsync(bench.Tool, []);
        var known = await RenderAsync(blind, await KeptAsync());
        Assert.That(known.Warnings, Is.EqualTo(probed.Warnings));
        Assert.That(await File.ReadAllBytesAsync(known.Path), Is.EqualTo(await File.ReadAllBytesAsync(probed.Path)));
    }

    [TestCase("a.mp4")]
    [TestCase("b.mp3")]
    [TestCase("c.png")]
    public async Task What_is_not_known_is_probed(string unknown)
    {
        var kept = await KeptAsync();
        kept.Remove(bench[unknown]);
        await Assert.ThatAsync(() => RenderAsync(blind, kept), Throws.TypeOf<MediaException>());
        Assert.That((await RenderAsync(bench.Tool, kept)).Warnings, Is.Empty);
    }

    [TestCase("nonsense")]
    [TestCase("{}")]
    [TestCase("null")]
    [TestCase("""{"By":"another"}""")]
    public async Task What_says_nothing_is_as_nothing(string record)
    {
        var kept = await KeptAsync();
        kept[bench["a.mp4"]] = record;
        await Assert.ThatAsync(() => RenderAsync(blind, kept), Throws.TypeOf<MediaException>());
        Assert.That((await RenderAsync(bench.Tool, kept)).Warnings, Is.Empty);
    }

    [Test]
    public async Task What_another_ffmpeg_found_is_found_out_anew()
    {
        var probe = new MediaProbe(bench.Tool);
        var facts = await probe.ProbeAsync(bench["a.mp4"], default);
        var other = new ProbeRecord(ProbeRecord.ByOf("ffmpeg version 99"), facts).Write();
        Assert.That(await probe.RecallAsync(bench["a.mp4"], other, int.MaxValue, default), Is.Null);
        Assert.That(await probe.RecallAsync(bench["a.mp4"], facts.Kept!, int.MaxValue, default), Is.EqualTo(facts with { Kept = null }));
    }

    [Test]
    public async Task What_is_another_file_by_now_is_probed()
    {
        var kept = (await new MediaProbe(bench.Tool).ProbeAsync(bench["a.mp4"], default)).Kept!;
        Assert.That(await new MediaProbe(bench.Tool).RecallAsync(bench["c.png"], kept, int.MaxValue, default), Is.Null);
    }

    [Test]
    public async Task What_came_cut_off_from_storage_is_refused()
    {
        var kept = await KeptAsync();
        var cut = bench.Write("cut.mp4", (await File.ReadAllBytesAsync(bench["a.mp4"]))[..^2000]);
        kept[cut] = kept[bench["a.mp4"]];
        await Assert.ThatAsync(() => RenderAsync(blind, kept, "cut.mp4"), Throws.TypeOf<MediaException>().With.Property("Code").EqualTo(MediaErrorCodes.InvalidSource));
    }

    [Test]
    public async Task What_takes_more_memory_than_this_render_may_is_refused()
    {
        var probe = new MediaProbe(bench.Tool);
        var kept = (await probe.ProbeAsync(bench["c.png"], default)).Kept!;
        await Assert.ThatAsync(() => probe.RecallAsync(bench["c.png"], kept, (64 * 48) - 1, default), Throws.TypeOf<MediaException>().With.Property("Code").EqualTo(MediaErrorCodes.SourceTooLarge));
        Assert.That(await probe.RecallAsync(bench["c.png"], kept, 64 * 48, default), Is.Not.Null);
    }

    static async Task<Dictionary<string, string>> KeptAsync()
    {
        var kept = new Dictionary<string, string>();
        foreach (var name in Names)
            kept[bench[name]] = (await new MediaProbe(bench.Tool).ProbeAsync(bench[name], default)).Kept!;
        return kept;
    }

    static async Task<RenderOutput> RenderAsync(MediaTool tool, Dictionary<string, string> kept, string video = "a.mp4")
    {
        var scene = new CreateRenderRequest
        {
            Width = 64,
            Height = 48,
            FrameRate = 25,
            Elements =
            [
                new VideoElement { SourceUrl = Address + video, InPoint = 0.5 },
                new AudioElement { SourceUrl = Address + "b.mp3", InPoint = 1 },
                new ImageElement { SourceUrl = Address + "c.png", Time = 1, Duration = 0.5 },
            ],
        };
        var sources = SceneSources.Of(scene).ToDictionary(source => source.Url, source => bench[source.Url[Address.Length..]]);
        var folder = bench.Folder.CreateSubdirectory($"{Guid.NewGuid():N}").FullName;
        return await new RenderEngine(tool, new MediaProbe(tool)).RenderAsync(
            new(scene, sources, folder, null, new(TimeSpan.FromHours(2), 1L << 30, 1L << 30)) { Probed = kept }, new Progress<RenderProgress>(), default);
    }
}
