using System.Threading.Channels;
using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Application.Uploads.Send;
using Framelane.Domain.Assets;
using Framelane.Domain.Common;
using Framelane.Domain.Uploads;
using Moq;

namespace Framelane.Application.Tests.Uploads;

/// <summary>What a request to an upload's address does as time passes.</summary>
public sealed class SendPartTests
{
    readonly Application app = new();

    readonly Body body = new();

    readonly Draft draft = new();

    readonly Upload upload;

    readonly Asset asset;

    bool hasRoom = true;

    bool hasTurns = true;

    public SendPartTests()
    {
        upload = Upload.Begin(UploadId.New(Application.Start), app.Workspace.Id, AssetId.New(Application.Start), "video/mp4", Application.Start);
        asset = Asset.Await(upload.AssetId, app.Workspace.Id, "video/mp4", "mp4", null, upload.ExpiresAt, Application.Start);
        app.UploadLinks.Setup(port => port.Accepts(It.IsAny<UploadLink>())).Returns(true);
        app.Limiter.Setup(port => port.TakeAsync(new(RateKind.UploadParts, upload.Id.Value), 720, It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => new(hasTurns, 720, 0, TimeSpan.FromSeconds(9)));
        app.Space.Setup(port => port.HasRoom()).Returns(() => hasRoom);
        app.Uploads.Setup(port => port.FindForUpdateAsync(upload.Id.Value, It.IsAny<CancellationToken>())).ReturnsAsync(upload);
        app.Assets.Setup(port => port.FindForUpdateAsync(app.Workspace.Id, asset.Id.Value, It.IsAny<CancellationToken>())).ReturnsAsync(asset);
        app.AssetWorkers.Setup(port => port.Wake());
        app.Drafts.Setup(port => port.OpenAsync(It.IsAny<DraftTarget>(), It.IsAny<SavedDraft>(), It.IsAny<long>(), It.IsAny<CancellationToken>())).ReturnsAsync(draft);
        app.Drafts.Setup(port => port.CompleteAsync(It.IsAny<DraftTarget>(), It.IsAny<SavedDraft>(), It.IsAny<CancellationToken>())).Returns(Task.CompletedTask);
    }

    [TearDown]
    public void Clean() => body.Dispose();

    [Test]
    public async Task A_client_from_which_nothing_comes_is_given_up_and_what_came_is_kept()
    {
        var sent = Send("bytes 0-99/100");
        await body.SendAsync(10);
        app.Clock.Advance(TimeSpan.FromSeconds(14));
        await body.SendAsync(10);
        app.Clock.Advance(TimeSpan.FromSeconds(14));
        Assert.That(sent.IsCompleted, Is.False);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await Answer(sent)).Error!.Code, Is.EqualTo("invalid_request"));
        Assert.That((upload.Received, upload.HasWriter(app.Clock.GetUtcNow())), Is.EqualTo((20L, false)));
    }

    [Test]
    public async Task What_comes_is_made_to_last_on_the_way_and_keeps_the_turn()
    {
        var sent = Send("bytes 0-99/100");
        for (var i = 1; i <= 6; i++)
        {
            await body.SendAsync(10);
            app.Clock.Advance(TimeSpan.FromSeconds(6));
        }

        await body.SendAsync(10);
        Assert.That(upload.Received, Is.EqualTo(70));
        Assert.That(upload.HasWriter(app.Clock.GetUtcNow().AddSeconds(19)));
        await body.SendAsync(30);
        body.End();
        Assert.That((await Answer(sent)).Value!.IsComplete);
        Assert.That((asset.Status, asset.SizeBytes), Is.EqualTo((AssetStatus.Received, (long?)100)));
    }

    [Test]
    public async Task What_storage_takes_long_for_is_not_laid_to_the_client()
    {
        draft.Writing = () => app.Clock.Advance(TimeSpan.FromSeconds(16));
        var sent = Send("bytes 0-19/20");
        body.Offer(10);
        body.Offer(10);
        body.End();
        Assert.That((await Answer(sent)).Value!.IsComplete);
    }

    [Test]
    public async Task A_writer_whose_turn_went_to_another_records_nothing_more()
    {
        var sent = Send("bytes 0-99/100");
        await body.SendAsync(10);
        app.Clock.Advance(TimeSpan.FromSeconds(6));
        upload.Release(app.Clock.GetUtcNow());
        upload.Take(TimeSpan.FromSeconds(20), app.Clock.GetUtcNow());
        body.Offer(90);
        Assert.That((await Answer(sent)).Error!.Code, Is.EqualTo("conflict"));
        Assert.That((upload.Received, upload.HasWriter(app.Clock.GetUtcNow())), Is.EqualTo((0L, true)));
    }

    [Test]
    public async Task An_upload_whose_hour_is_over_takes_no_more()
    {
        app.Clock.Advance(Upload.Lifetime - TimeSpan.FromSeconds(3));
        var sent = Send("bytes 0-99/100");
        await body.SendAsync(10);
        app.Clock.Advance(TimeSpan.FromSeconds(6));
        body.Offer(90);
        Assert.That((await Answer(sent)).Error!.Code, Is.EqualTo("not_found"));
        Assert.That((asset.Status, upload.IsComplete), Is.EqualTo((AssetStatus.Awaited, false)));
    }

    [Test]
    public async Task Room_that_ends_on_the_way_ends_the_request_and_what_came_is_kept()
    {
        var sent = Send("bytes 0-99/100");
        await body.SendAsync(10);
        hasRoom = false;
        app.Clock.Advance(TimeSpan.FromSeconds(6));
        body.Offer(10);
        Assert.That((await Answer(sent)).Error!.Code, Is.EqualTo("unavailable"));
        Assert.That((upload.Received, upload.HasWriter(app.Clock.GetUtcNow())), Is.EqualTo((20L, false)));
    }

    [Test]
    public async Task More_requests_than_are_allowed_touch_neither_the_database_nor_storage()
    {
        hasTurns = false;
        Assert.That((await Answer(Send("bytes 0-99/100"))).Error, Is.EqualTo(new RateLimitedError(new(false, 720, 0, TimeSpan.FromSeconds(9)))));
        Assert.That((await Answer(Send("bytes */*"))).Error!.Code, Is.EqualTo("rate_limited"));
        Assert.That(app.Journal, Is.Empty);
        app.Drafts.VerifyNoOtherCalls();
    }

    [Test]
    public void Storage_that_fails_lets_the_next_one_in_at_once()
    {
        draft.Fails = true;
        var sent = Send("bytes 0-99/100");
        body.Offer(10);
        Assert.That(() => sent, Throws.InstanceOf<IOException>());
        Assert.That((upload.Received, upload.HasWriter(app.Clock.GetUtcNow())), Is.EqualTo((0L, false)));
    }

    /// <summary>One that goes on though it should have ended would wait for the client for ever.</summary>
    static Task<Result<UploadProgress>> Answer(Task<Result<UploadProgress>> sent) => sent.WaitAsync(TimeSpan.FromSeconds(20));

    Task<Result<UploadProgress>> Send(string range) =>
        app.Send(new SendPartCommand(upload.Id.Value, "1", "signature", "video/mp4", range, null, body));

    /// <summary>Holds nothing but how much was written.</summary>
    sealed class Draft : IDraft
    {
        long length;

        public bool Fails { get; set; }

        public Action Writing { get; set; } = () => { };

        public Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        {
            length += bytes.Length;
            Writing();
            return Fails ? Task.FromException(new IOException("broken")) : Task.CompletedTask;
        }

        public Task<SavedDraft> SaveAsync(bool all, CancellationToken cancellationToken) => Task.FromResult(new SavedDraft(length, null));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    /// <summary>A client's bytes, as the test sends them.</summary>
    sealed class Body : Stream
    {
        readonly Channel<int> chunks = Channel.CreateUnbounded<int>();

        readonly SemaphoreSlim asked = new(0);

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public void Offer(int count) => chunks.Writer.TryWrite(count);

        /// <summary>Sends so much, and waits until it was read and more is asked for.</summary>
        public async Task SendAsync(int count)
        {
            await asked.WaitAsync(TimeSpan.FromSeconds(20));
            Offer(count);
            await asked.WaitAsync(TimeSpan.FromSeconds(20));
            asked.Release();
        }

        public void End() => chunks.Writer.Complete();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            asked.Release();
            try
            {
                return await chunks.Reader.ReadAsync(cancellationToken);
            }
            catch (ChannelClosedException)
            {
                return 0;
            }
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            asked.Dispose();
            base.Dispose(disposing);
        }
    }
}
