using Framelane.Application.Renders.Scenes;
using Framelane.Infrastructure.Jobs;
using Framelane.Infrastructure.Tests.Storage;

namespace Framelane.Infrastructure.Tests.Jobs;

/// <summary>What decides about a render names it, and nothing else does.</summary>
public sealed class RenderKeyTests
{
    const string Clip = "https://example.com/clip.mp4", Table = "https://example.com/warm.cube", Wall = "https://example.com/wall.png";

    StorageFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new();

    [TearDown]
    public void DropFolder() => folder.Dispose();

    static CreateRenderRequest Scene => new()
    {
        BackgroundImageUrl = Wall,
        Elements =
        [
            new CompositionElement { Id = "inner", Elements = [new VideoElement { Id = "clip", SourceUrl = Clip, LutUrl = Table, Effects = [new() { Type = "sepia" }] }] },
            new TextElement { Text = Clip, Duration = 1 },
        ],
    };

    [Test]
    public async Task The_same_order_has_the_same_name()
    {
        var key = await KeyAsync(Scene);
        Assert.That(key, Does.Match("^[0-9a-f]{64}$"));
        Assert.That(await KeyAsync(Scene), Is.EqualTo(key));
    }

    [Test]
    public async Task What_is_told_of_a_job_and_not_seen_in_its_file_does_not_matter() => Assert.That(
        await KeyAsync(Scene with
        {
            Metadata = new Dictionary<string, string> { ["order"] = "7" }, OutputFilename = "holiday", WebhookUrl = "https://example.com/hook", IngestExternal = true,
        }),
        Is.EqualTo(await KeyAsync(Scene)));

    [Test]
    public async Task What_is_left_out_is_its_default() => Assert.That(
        await KeyAsync(Scene with { Width = 1280, Height = 720, FrameRate = 30 }), Is.EqualTo(await KeyAsync(Scene with { Width = 1280, Height = 720 })));

    [Test]
    public async Task Sources_count_by_their_content_wherever_they_lie()
    {
        var elsewhere = Scene with { BackgroundImageUrl = "https://elsewhere.example.com/wall.png" };
        Assert.That(await KeyAsync(elsewhere, sources: [("https://elsewhere.example.com/wall.png", 3), (Clip, 1), (Table, 2)]), Is.EqualTo(await KeyAsync(Scene)));
    }

    [TestCase(Clip)]
    [TestCase(Table)]
    [TestCase(Wall)]
    public async Task Another_content_of_a_source_is_another_render(string changed)
    {
        (string, byte)[] sources = [(Clip, 1), (Table, 2), (Wall, 3)];
        Assert.That(await KeyAsync(Scene, sources: [.. sources.Select(each => each.Item1 == changed ? (changed, (byte)9) : each)]), Is.Not.EqualTo(await KeyAsync(Scene)));
    }

    [Test]
    public async Task Sources_that_change_places_are_another_render() => Assert.That(
        await KeyAsync(Scene, sources: [(Clip, 3), (Table, 2), (Wall, 1)]), Is.Not.EqualTo(await KeyAsync(Scene)));

    [Test]
    public async Task All_else_is_another_render()
    {
        string[] keys =
        [
            await KeyAsync(Scene),
            await KeyAsync(Scene, engine: "2"),
            await KeyAsync(Scene, watermark: "Made with Framelane"),
            await KeyAsync(Scene, watermark: ""),
            await KeyAsync(Scene, fonts: [1]),
            await KeyAsync(Scene, fonts: [1, 2]),
            await KeyAsync(Scene, fonts: [2, 1]),
            await KeyAsync(Scene with { OutputFormat = OutputFormat.Webm }),
            await KeyAsync(Scene with { Quality = RenderQuality.High }),
            await KeyAsync(Scene with { FrameAt = 1 }),
            await KeyAsync(Scene with { Elements = [.. Scene.Elements.Reverse()] }),
            await KeyAsync(Scene with { Elements = [Scene.Elements[0] with { Id = "other" }, Scene.Elements[1]] }),
            await KeyAsync(Scene with { Elements = [Scene.Elements[0], new TextElement { Text = Table, Duration = 1 }] }),
        ];
        Assert.That(keys, Is.Unique);
    }

    Task<string> KeyAsync(CreateRenderRequest scene, string engine = "1", string? watermark = null, byte[]? fonts = null, (string Url, byte Content)[]? sources = null) =>
        RenderKey.OfAsync(
            new(
                scene,
                (sources ?? [(Clip, 1), (Table, 2), (Wall, 3)]).ToDictionary(source => source.Url, source => folder.NewFile([source.Content])),
                "folder", watermark, new(TimeSpan.FromHours(1), 1 << 20)) { Fonts = [.. (fonts ?? []).Select(content => folder.NewFile([content]))] },
            engine,
            CancellationToken.None);
}
