using System.Text;
using System.Text.Json;
using Framelane.Application.Abstractions;
using Framelane.Application.Capabilities;
using Framelane.Application.Common;
using Framelane.Application.Jobs;
using Framelane.Application.Plans;
using Framelane.Application.Renders.Scenes;
using Framelane.Domain.Assets;
using Framelane.Domain.Jobs;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Jobs;
using Framelane.Infrastructure.Tests.Storage;
using Moq;

namespace Framelane.Infrastructure.Tests.Jobs;

public sealed class RenderRunnerTests
{
    const string Clip = "https://example.com/clip.mp4", Logo = "https://example.com/logo.png";

    static readonly CreateRenderRequest Scene = new()
    {
        OutputFormat = OutputFormat.Webm,
        OutputFilename = "holiday",
        Elements = [new ImageElement { Id = "logo", SourceUrl = Logo, Duration = 1 }, new VideoElement { SourceUrl = Clip }],
    };

    readonly Mock<ISourceFetcher> fetcher = new();

    readonly Mock<IRenderEngine> engine = new();

    readonly Cache cache = new();

    readonly Mock<IObjectStorage> storage = new();

    readonly PlanAllowance plan = new();

    RenderingCapabilities rendering = RenderingCapabilities.None;

    [SetUp]
    public void Answer()
    {
        fetcher.Setup(port => port.FetchAsync(It.IsAny<string>(), "folder", It.IsAny<string>(), It.IsAny<long?>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((string url, string folder, string _, long? _, CancellationToken _) => new(Path.Combine(folder, Path.GetFileName(url)), 1, null));
        engine.Setup(port => port.RenderAsync(It.IsAny<RenderOrder>(), It.IsAny<IProgress<RenderProgress>>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new RenderOutput("folder/output.webm", "video/webm", 1280, 720, 2, 99, ["odd"]));
    }

    [Test]
    public async Task What_was_made_is_put_under_the_job_and_its_fence_and_named_as_was_asked()
    {
        var job = Claimed(fence: 1);
        var result = await RunAsync(job);
        var key = $"{job.WorkspaceId}/{job.Id}-1.webm";
        storage.Verify(port => port.PutAsync(key, "folder/output.webm", "video/webm", It.IsAny<CancellationToken>()), Times.Once);
        storage.VerifyNoOtherCalls();
        Assert.That(result.Output, Is.EqualTo(new JobOutput(key, "holiday.webm", "video/webm", 1280, 720, 2, 99)));
        Assert.That(result.Warnings, Is.EqualTo(new[] { "odd" }));
    }

    [Test]
    public async Task What_earlier_runs_put_there_and_could_not_tell_of_is_removed()
    {
        var removed = new List<string>();
        storage.Setup(port => port.DeleteAsync(Capture.In(removed), It.IsAny<CancellationToken>())).Returns(Task.CompletedTask);
        var job = Claimed(fence: 3);
        await RunAsync(job);
        Assert.That(removed, Is.EqualTo(new[] { $"{job.WorkspaceId}/{job.Id}-1.webm", $"{job.WorkspaceId}/{job.Id}-2.webm" }));
    }

    [Test]
    public async Task What_is_made_is_named_by_its_content_so_that_it_is_found_again()
    {
        cache.Key = "00ff";
        Assert.That((await RunAsync(Claimed(1))).ContentKey, Is.EqualTo("00ff"));
        Assert.That(cache.Asked!.Sources, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task What_was_made_before_is_taken_under_the_name_that_is_asked_for_now_and_not_rendered()
    {
        var job = Claimed(1);
        var key = $"{job.WorkspaceId}/{job.Id}-1.webm";
        (cache.Key, cache.Made) = ("00ff", new(new(key, "before.webm", "video/webm", 1280, 720, 2, 99), ["odd"], "00ff"));
        var result = await RunAsync(job);
        Assert.That(result.Output, Is.EqualTo(new JobOutput(key, "holiday.webm", "video/webm", 1280, 720, 2, 99)));
        Assert.That((result.Warnings, result.ContentKey), Is.EqualTo((new[] { "odd" }, "00ff")));
        engine.VerifyNoOtherCalls();
        storage.VerifyNoOtherCalls();
        Assert.That(cache.Wanted, Is.EqualTo((job.WorkspaceId, "00ff", key)));
    }

    [TestCase(Logo, "elements[0].source_url: The source is gone.")]
    [TestCase(Clip, "elements[1].source_url: The source is gone.")]
    public void A_source_that_cannot_be_fetched_is_named_by_its_place(string url, string message)
    {
        fetcher.Setup(port => port.FetchAsync(url, It.IsAny<string>(), It.IsAny<string>(), It.IsAny<long?>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new MediaException(MediaErrorCodes.SourceNotFound, "The source is gone."));
        Assert.That(() => RunAsync(Claimed(1)), Throws.TypeOf<MediaException>().With.Message.EqualTo(message).And.Property("Code").EqualTo("source_not_found"));
    }

    [Test]
    public async Task What_lies_in_storage_is_read_from_there_by_any_form_of_its_address()
    {
        using var folder = new StorageFolder();
        storage.Setup(port => port.OpenReadAsync("ws/key", It.IsAny<CancellationToken>())).ReturnsAsync(() => new MemoryStream("bytes"u8.ToArray()));
        var asset = AssetId.New(DateTimeOffset.UnixEpoch);
        var job = Claimed(1, OwnScene($"HTTPS://API.example.com/files/{WorkspaceId.New(DateTimeOffset.UnixEpoch)}/{asset}.webm"));
        RenderOrder? order = null;
        engine.Setup(port => port.RenderAsync(It.IsAny<RenderOrder>(), It.IsAny<IProgress<RenderProgress>>(), It.IsAny<CancellationToken>()))
            .Callback((RenderOrder given, IProgress<RenderProgress> _, CancellationToken _) => order = given)
            .ReturnsAsync(new RenderOutput("folder/output.webm", "video/webm", 1280, 720, 2, 99, []));
        await RunAsync(job with { Sources = [new(asset, "https://old.example.com/file.webm", "ws/key") { Probed = "kept" }] }, folder: Directory.CreateDirectory(folder.Files).FullName);
        Assert.That(await File.ReadAllTextAsync(order!.Sources.Values.Single()), Is.EqualTo("bytes"));
        Assert.That(order.Probed, Is.EqualTo(new Dictionary<string, string> { [order.Sources.Values.Single()] = "kept" }));
        fetcher.VerifyNoOtherCalls();
    }

    [Test]
    public async Task Fonts_are_read_from_storage_the_newest_first()
    {
        using var folder = new StorageFolder();
        storage.Setup(port => port.OpenReadAsync(It.IsAny<string>(), It.IsAny<CancellationToken>())).ReturnsAsync((string key, CancellationToken _) => new MemoryStream(Encoding.UTF8.GetBytes(key)));
        RenderOrder? order = null;
        engine.Setup(port => port.RenderAsync(It.IsAny<RenderOrder>(), It.IsAny<IProgress<RenderProgress>>(), It.IsAny<CancellationToken>()))
            .Callback((RenderOrder given, IProgress<RenderProgress> _, CancellationToken _) => order = given)
            .ReturnsAsync(new RenderOutput("folder/output.webm", "video/webm", 1280, 720, 2, 99, []));
        StoredSource Source(int day, bool isFont) => new(AssetId.New(DateTimeOffset.UnixEpoch.AddDays(day)), "https://example.com/x", $"ws/{day}") { IsFont = isFont };
        await RunAsync(Claimed(1, new() { OutputFormat = OutputFormat.Webm }) with { Sources = [Source(1, true), Source(2, false), Source(3, true)] }, folder: Directory.CreateDirectory(folder.Files).FullName);
        Assert.That(order!.Fonts.Select(File.ReadAllText), Is.EqualTo(new[] { "ws/3", "ws/1" }));
    }

    [TestCase("https://api.example.com/files/ws_01J8QR2K5VKDGN2T4FBM3CZYX7/ast_01J8QR2K5VKDGN2T4FBM3CZYX7.webm")]
    [TestCase("https://api.example.com/files/nonsense.webm")]
    public void What_lies_here_and_is_not_the_workspaces_is_not_there_and_is_never_asked_for_over_HTTP(string url)
    {
        Assert.That(
            () => RunAsync(Claimed(1, OwnScene(url))),
            Throws.TypeOf<MediaException>().With.Message.EqualTo("elements[0].source_url: There is no such file in the workspace.").And.Property("Code").EqualTo("source_not_found"));
        fetcher.VerifyNoOtherCalls();
    }

    [Test]
    public async Task Its_progress_is_fetching_then_the_engines_then_uploading()
    {
        var reported = new List<JobProgress>();
        engine.Setup(port => port.RenderAsync(It.IsAny<RenderOrder>(), It.IsAny<IProgress<RenderProgress>>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((RenderOrder _, IProgress<RenderProgress> progress, CancellationToken _) =>
            {
                progress.Report(new(RenderStage.Compositing, 40));
                progress.Report(new(RenderStage.Encoding, 100));
                return new("folder/output.webm", "video/webm", 1280, 720, 2, 99, []);
            });
        await RunAsync(Claimed(1), new Reports(reported));
        Assert.That(reported, Is.EqualTo(new JobProgress[]
        {
            new(JobStage.Downloading, 0), new(JobStage.Downloading, 5), new(JobStage.Compositing, 44), new(JobStage.Encoding, 95), new(JobStage.Uploading, 95),
        }));
    }

    [TestCase(null)]
    [TestCase("Made with Framelane")]
    public async Task The_plan_s_watermark_is_ordered(string? watermark)
    {
        plan.Watermark = watermark;
        await RunAsync(Claimed(1));
        engine.Verify(port => port.RenderAsync(
            It.Is<RenderOrder>(order => order.Watermark == watermark), It.IsAny<IProgress<RenderProgress>>(), It.IsAny<CancellationToken>()));
    }

    [TestCase(true, null)]
    [TestCase(false, "Made with Framelane")]
    public void Where_no_text_can_be_set_a_job_that_needs_one_fails_before_anything_is_fetched(bool hasText, string? watermark)
    {
        (rendering, plan.Watermark) = (new() { TextFault = "Texts cannot be set." }, watermark);
        SceneElement text = new TextElement { Text = "a", Duration = 1 };
        var scene = Scene with { Elements = [.. Scene.Elements, .. hasText ? [new CompositionElement { Duration = 1, Elements = [text] }] : Array.Empty<SceneElement>()] };
        Assert.That(() => RunAsync(Claimed(1, scene)), Throws.TypeOf<MediaException>().With.Message.EqualTo("Texts cannot be set.").And.Property("Code").EqualTo("internal_error"));
        fetcher.VerifyNoOtherCalls();
    }

    [Test]
    public void Where_no_text_can_be_set_a_job_without_one_is_rendered()
    {
        rendering = new() { TextFault = "Texts cannot be set." };
        Assert.That(() => RunAsync(Claimed(1)), Throws.Nothing);
    }

    static CreateRenderRequest OwnScene(string url) => new() { OutputFormat = OutputFormat.Webm, Elements = [new VideoElement { SourceUrl = url }] };

    static ClaimedJob Claimed(long fence, CreateRenderRequest? scene = null)
    {
        var now = DateTimeOffset.UnixEpoch;
        return new(
            JobId.New(JobKind.Render, now), WorkspaceId.New(now), JobKind.Render, JobStatus.Processing, fence,
            Encoding.UTF8.GetBytes(JsonSerializer.Serialize(scene ?? Scene, WireJson.Options)));
    }

    Task<JobResult> RunAsync(ClaimedJob job, IProgress<JobProgress>? progress = null, string folder = "folder") =>
        new RenderRunner(new(fetcher.Object, storage.Object, new(new ExampleUrls()), Mock.Of<IPlanAllowances>(plans => plans.OfAsync(job.WorkspaceId, It.IsAny<CancellationToken>()) == Task.FromResult(plan)), rendering), engine.Object, cache, storage.Object).RunAsync(job, folder, progress ?? new Reports([]), CancellationToken.None);

    sealed class Cache : IRenderCache
    {
        public string? Key { get; set; }

        public JobResult? Made { get; set; }

        public RenderOrder? Asked { get; private set; }

        public (WorkspaceId WorkspaceId, string Key, string Target) Wanted { get; private set; }

        public Task<string?> KeyOfAsync(RenderOrder order, CancellationToken cancellationToken)
        {
            Asked = order;
            return Task.FromResult(Key);
        }

        public Task<JobResult?> TakeAsync(WorkspaceId workspaceId, string contentKey, string target, CancellationToken cancellationToken)
        {
            Wanted = (workspaceId, contentKey, target);
            return Task.FromResult(Made);
        }
    }

    sealed class Reports(List<JobProgress> reported) : IProgress<JobProgress>
    {
        public void Report(JobProgress value) => reported.Add(value);
    }
}
