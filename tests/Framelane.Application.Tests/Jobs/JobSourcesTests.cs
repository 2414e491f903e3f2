using Framelane.Application.Abstractions;
using Framelane.Application.Assets;
using Framelane.Application.Common;
using Framelane.Application.Jobs;
using Framelane.Application.Renders.Create;
using Framelane.Application.Renders.Scenes;
using Framelane.Domain.Assets;
using Framelane.Domain.Jobs;
using Framelane.Domain.Workspaces;
using Moq;

namespace Framelane.Application.Tests.Jobs;

public sealed class JobSourcesTests
{
    const string External = "https://example.com/clip.mp4", Lut = "https://example.com/warm.cube";

    readonly Application app = new();

    readonly List<JobSource> read = [];

    readonly List<Asset> made = [];

    int fonts;

    [SetUp]
    public void Prepare()
    {
        app.Outbox.Setup(port => port.AppendAsync(It.IsAny<NewEvent>(), It.IsAny<CancellationToken>())).Returns(Task.CompletedTask);
        app.Jobs.Setup(port => port.Add(It.IsAny<Job>(), It.IsAny<byte[]>(), It.IsAny<IEnumerable<JobSource>>()))
            .Callback((Job _, byte[] _, IEnumerable<JobSource> sources) => read.AddRange(sources));
        app.Assets.Setup(port => port.Add(It.IsAny<Asset>())).Callback((Asset asset) => made.Add(asset));
        app.Workers.Setup(port => port.Wake());
        app.AssetWorkers.Setup(port => port.Wake());
    }

    [Test]
    public async Task A_job_reads_those_of_its_sources_that_are_the_workspaces_and_each_once()
    {
        var own = Upload();
        app.Assets.Setup(port => port.FindForUpdateAsync(app.Actor.WorkspaceId, new[] { own.Id }, It.IsAny<CancellationToken>())).ReturnsAsync([own]);
        await SubmitAsync(ingest: null, External, UrlOf(own), UrlOf(own) + "?again", UrlOf(Upload(WorkspaceId.New(Application.Start))));
        Assert.That(read, Is.EqualTo(new[] { new JobSource(own.Id, UrlOf(own), "elements[1].source_url") }));
        app.AssetWorkers.Verify(port => port.Wake(), Times.Never);
    }

    [Test]
    public async Task What_is_the_workspace_s_and_is_not_there_refuses_the_job_at_its_place()
    {
        var (other, gone) = (Upload(), Upload());
        app.Assets.Setup(port => port.FindForUpdateAsync(app.Actor.WorkspaceId, new[] { other.Id, gone.Id }, It.IsAny<CancellationToken>())).ReturnsAsync([other]);
        var refused = await app.Send(new CreateRenderCommand(app.Actor, Scene(null, External, UrlOf(other, ".mov"), UrlOf(gone))));
        var faults = ((ValidationError)refused.Error!).Faults;
        Assert.That(faults.Select(fault => (string.Join('/', fault.Loc), fault.Type, fault.Input)), Is.EqualTo(new[]
        {
            ("body/elements/1/source_url", "source_not_found", (object)UrlOf(other, ".mov")), ("body/elements/2/source_url", "source_not_found", UrlOf(gone)),
        }));
        Assert.That(read, Is.Empty);
        app.AssertNothingChanged();
    }

    [Test]
    public async Task A_job_reads_the_newest_of_each_face_of_the_families_that_its_texts_name()
    {
        AssetFont regular = new("Own", 400, 400, 5, false), bold = regular with { LightestWeight = 700, HeaviestWeight = 700 }, other = regular with { Family = "Other" };
        var (old, pair, foreign) = (Font(regular), Font(regular, other), Font(bold));
        app.Assets.Setup(port => port.FindFontsAsync(app.Actor.WorkspaceId, new[] { "Own" }, It.IsAny<CancellationToken>())).ReturnsAsync([foreign.Id, pair.Id, old.Id]);
        app.Assets.Setup(port => port.FindForUpdateAsync(app.Actor.WorkspaceId, new[] { foreign.Id, pair.Id, old.Id }, It.IsAny<CancellationToken>())).ReturnsAsync([old, pair, foreign]);
        await app.Send(new CreateRenderCommand(app.Actor, Texts("Inter", "Own", "Own")));
        Assert.That(read.Select(source => (source.AssetId, source.Place)), Is.EquivalentTo(new[] { (pair.Id, "elements[1].font_family"), (foreign.Id, "elements[1].font_family") }));
    }

    [Test]
    public async Task A_family_whose_last_font_goes_meanwhile_refuses_the_job()
    {
        var gone = Font(new AssetFont("Own", 400, 400, 5, false));
        app.Assets.Setup(port => port.FindFontsAsync(app.Actor.WorkspaceId, new[] { "Own" }, It.IsAny<CancellationToken>())).ReturnsAsync([gone.Id]);
        app.Assets.Setup(port => port.FindForUpdateAsync(app.Actor.WorkspaceId, new[] { gone.Id }, It.IsAny<CancellationToken>())).ReturnsAsync([]);
        app.Assets.Setup(port => port.ListFontsAsync(app.Actor.WorkspaceId, It.IsAny<CancellationToken>())).ReturnsAsync([]);
        var refused = await app.Send(new CreateRenderCommand(app.Actor, Texts("Own")));
        Assert.That(((ValidationError)refused.Error!).Faults.Select(fault => (string.Join('/', fault.Loc), fault.Type)), Is.EqualTo(new[] { ("body/elements/0/font_family", "enum") }));
        app.AssertNothingChanged();
    }

    [Test]
    public async Task Where_that_is_asked_for_all_that_lies_elsewhere_is_copied_first_but_a_table_of_colours()
    {
        var own = Upload();
        app.Assets.Setup(port => port.FindForUpdateAsync(app.Actor.WorkspaceId, new[] { own.Id }, It.IsAny<CancellationToken>())).ReturnsAsync([own]);
        var status = await SubmitAsync(ingest: true, UrlOf(own), External);
        Assert.That(status, Is.EqualTo(JobStatus.Ingesting));
        Assert.That(made.Single() is { Origin: AssetOrigin.Ingest, FetchUrl: External });
        Assert.That(read, Is.EqualTo(new JobSource[] { new(own.Id, UrlOf(own), "elements[0].source_url"), new(made[0].Id, External, "elements[1].source_url") }));
        app.AssetWorkers.Verify(port => port.Wake(), Times.Once);
    }

    [Test]
    public async Task Where_there_is_nothing_to_copy_the_job_is_queued_at_once() =>
        Assert.That(await SubmitAsync(ingest: true), Is.EqualTo(JobStatus.Queued));

    [Test]
    public async Task How_long_those_last_that_are_known_is_told_with_how_long_their_sound_does()
    {
        var (whole, old, awaited) = (Upload(), Upload(), Upload());
        foreach (var (asset, sound) in new[] { (whole, 3.5), (old, (double?)null) })
        {
            asset.Receive("key", 1, Application.Start);
            asset.BecomeReady(new(AssetKind.Video, 64, 32, 2) { SoundDuration = sound }, null);
        }

        app.Assets.Setup(port => port.FindAsync(app.Actor.WorkspaceId, new[] { whole.Id, old.Id, awaited.Id }, It.IsAny<CancellationToken>())).ReturnsAsync([whole, old, awaited]);
        var known = await app.Get<JobSources>().FindDurationsAsync(app.Actor.WorkspaceId, Scene(null, UrlOf(whole), UrlOf(old), UrlOf(awaited)), default);
        Assert.That(known, Is.EquivalentTo(new Dictionary<string, SourceDuration> { [UrlOf(whole)] = new(2, 3.5), [UrlOf(old)] = new(2) }));
    }

    [TestCase("http://127.0.0.1/a.mp4", "url_forbidden_address", "source_not_allowed")]
    [TestCase("http://example.com/a.mp4", "url_scheme", "source_not_allowed")]
    [TestCase("ftp://example.com/a.mp4", "url_scheme", "url_scheme")]
    [TestCase("nonsense", "url_invalid", "url_invalid")]
    public void What_may_not_be_reached_has_a_word_of_its_own(string url, string refusal, string type)
    {
        app.Urls.Setup(port => port.CheckAsWritten(url)).Returns(new UrlRefusal(refusal, "No."));
        Assert.That(app.Get<SourceUrlRules>().CheckAsWritten(url), Is.EqualTo(new UrlRefusal(type, "No.")));
    }

    [Test]
    public void What_lies_here_is_named_in_no_more_characters_than_anything_else()
    {
        var refusal = new UrlRefusal(UrlRefusalTypes.TooLong, "Too long.");
        app.Urls.Setup(port => port.CheckAsWritten(It.IsAny<string>())).Returns(refusal);
        var url = UrlOf(Upload());
        var longest = url + "?" + new string('a', IWebhookUrlPolicy.MaxUrlLength - url.Length - 1);
        Assert.That(app.Get<SourceUrlRules>().CheckAsWritten(longest), Is.Null);
        Assert.That(app.Get<SourceUrlRules>().CheckAsWritten(longest + "a"), Is.EqualTo(refusal));
    }

    [Test]
    public void What_lies_here_may_be_named_wherever_here_is() => Assert.That(app.Get<SourceUrlRules>().CheckAsWritten(UrlOf(Upload())), Is.Null);

    async Task<JobStatus> SubmitAsync(bool? ingest, params string[] urls) => (await app.Send(new CreateRenderCommand(app.Actor, Scene(ingest, urls)))).Value!.Status;

    static CreateRenderRequest Scene(bool? ingest, params string[] urls) => new()
    {
        IngestExternal = ingest,
        Elements = [.. urls.Select(url => new VideoElement { SourceUrl = url, LutUrl = url == External ? Lut : null })],
    };

    static CreateRenderRequest Texts(params string[] families) =>
        new() { Elements = [.. families.Select(family => new TextElement { Text = "a", Duration = 1, FontFamily = family })] };

    Asset Upload(WorkspaceId? owner = null) => Asset.Await(
        AssetId.New(Application.Start), owner ?? app.Actor.WorkspaceId, "video/mp4", "mp4", null, Application.Start.AddHours(1), Application.Start);

    /// <summary>Each is newer than the one before.</summary>
    Asset Font(params AssetFont[] faces)
    {
        var asset = Asset.Await(
            AssetId.New(Application.Start.AddSeconds(++fonts)), app.Actor.WorkspaceId, "font/ttf", "ttf", null, Application.Start.AddHours(1), Application.Start);
        asset.Receive("key", 1, Application.Start);
        asset.BecomeReady(new(AssetKind.Font, null, null, null) { Fonts = faces }, null);
        return asset;
    }

    static string UrlOf(Asset asset, string extension = ".mp4") => $"https://api.example.com/files/{asset.WorkspaceId}/{asset.Id}{extension}";
}
