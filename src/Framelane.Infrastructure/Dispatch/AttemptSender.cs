using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Webhooks;
using Framelane.Infrastructure.Outbound;
using Framelane.Infrastructure.Rotation;
using Framelane.Infrastructure.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Dispatch;

/// <summary>Makes one attempt: asks for a permit, sends, reads the answer, judges it.</summary>
sealed class AttemptSender : IDisposable
{
    static readonly string UserAgent = $"Framelane-Webhooks/{typeof(AttemptSender).Assembly.GetName().Version?.ToString(3)}";

    /// <summary>Bytes of an answer after which it is taken for one that never ends.</summary>
    const int MaxAnswer = 1024 * 1024;

    readonly HttpMessageInvoker http;
    readonly Permits permits;
    readonly EpochGate gate;
    readonly DispatchMetrics metrics;
    readonly TimeProvider time;
    readonly WebhooksOptions options;
    readonly ILogger<AttemptSender> logger;
    readonly RetrySchedule schedule;

    public AttemptSender(
        GuardedConnector connector,
        Permits permits,
        EpochGate gate,
        DispatchMetrics metrics,
        TimeProvider time,
        IOptions<WebhooksOptions> options,
        ILogger<AttemptSender> logger)
        : this(OutboundHttp.CreateHandler(connector), permits, gate, metrics, time, options, logger)
    {
    }

    /// <param name="handler">Taken over.</param>
    internal AttemptSender(
        SocketsHttpHandler handler,
        Permits permits,
        EpochGate gate,
        DispatchMetrics metrics,
        TimeProvider time,
        IOptions<WebhooksOptions> options,
        ILogger<AttemptSender> logger)
    {
        (this.permits, this.gate, this.metrics, this.time, this.options, this.logger) = (permits, gate, metrics, time, options.Value, logger);
        schedule = this.options.MakeSchedule();
        handler.RequestHeaderEncodingSelector = HeadSigner.Select;
        http = new(handler);
    }

    /// <summary>How long sending takes at most: permits are waited for as long as a receiver has, and then it has its own time.</summary>
    public static TimeSpan LongestOf(WebhooksOptions options) => options.Timeout * 2;

    /// <returns>What came of it: a <see cref="FinishedAttempt"/>, or an <see cref="UnmadeAttempt"/> where it may not be made.</returns>
    /// <exception cref="TimeoutException">For as long as a receiver has no permit could be had, or none stayed good: nothing was sent.</exception>
    /// <exception cref="Exception">The database did not answer, or the token was cancelled: the lease will run out.</exception>
    /// <remarks>Takes at most <see cref="LongestOf"/>.</remarks>
    public async Task<AttemptOutcome> SendAsync(ClaimedDelivery delivery, TaskCompletionSource? recorded, CancellationToken cancellationToken)
    {
        using var span = AttemptSpan.Start(delivery);
        using var hold = permits.HoldFresh(delivery.WorkspaceId);
        var (began, asked) = (time.GetUtcNow(), time.GetTimestamp());
        while (true)
        {
            if (await FindPermitAsync(delivery, hold, asked, cancellationToken) is not { } permit)
                return new(null, new(delivery, DeliveryState.Cancelled));
            if (!TryFindTarget(delivery, permit.Snapshot, out var target, out var state))
                return new(null, new(delivery, state));

            // What the database took for the permit is not the receiver's.
            using var late = new CancellationTokenSource(options.Timeout, time);
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
            var signer = new HeadSigner(delivery, permit.Snapshot, hold, time);
            using var content = new SignedContent(delivery, signer, gate, metrics, time);
            using var request = RequestTo(target, delivery, signer, content);
            AttemptResult result;
            string? answer = null;
            try
            {
                using var response = await http.SendAsync(request, timeout.Token);
                (answer, var broken) = await ReadAnswerAsync(response, timeout.Token);
                if (broken is not null)
                    cancellationToken.ThrowIfCancellationRequested();
                result = broken is not null && response.IsSuccessStatusCode
                    ? AttemptResult.Failed(ReasonOf(broken, delivery))
                    : AttemptResult.Answered((int)response.StatusCode, RetryAfterOf(response));
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                if (content.StartedAt is null && failure.IsStalePermit())
                {
                    if (PatienceSince(asked) > TimeSpan.Zero)
                        continue;
                    throw new TimeoutException("No permit stayed good until the attempt could start.", failure);
                }

                result = AttemptResult.Failed(ReasonOf(failure, delivery));
            }

            content.End();
            var endedAt = time.GetUtcNow();
            var finished = new FinishedAttempt
            {
                Delivery = delivery,
                Target = target,
                Result = result,
                ResponseBody = answer,
                StartedAt = content.StartedAt ?? began,
                EndedAt = endedAt,
                Epoch = permit.Snapshot.Epoch,
                Signatures = signer.Signatures,
                Verdict = schedule.Judge(result, delivery.Step, delivery.OneShot, endedAt, Random.Shared.NextDouble()),
                Recorded = recorded,
            };
            AttemptSpan.End(span, target, finished);
            return new(finished, null);
        }
    }

    public void Dispose() => http.Dispose();

    async ValueTask<Permit?> FindPermitAsync(ClaimedDelivery delivery, Permits.Hold hold, long asked, CancellationToken cancellationToken)
    {
        var fresh = hold.GetAsync(cancellationToken);
        var permit = fresh.IsCompleted ? await fresh : await fresh.AsTask().WaitAsync(PatienceSince(asked), time, cancellationToken);

        // A webhook may be younger than what others had read of its workspace; the delivery, which is here by now, is younger still.
        return permit is { } early && early.ReadStarted <= asked && !TryFindTarget(delivery, early.Snapshot, out _, out _)
            ? await hold.ReadAsync(cancellationToken).WaitAsync(PatienceSince(asked), time, cancellationToken)
            : permit;
    }

    /// <summary>How much longer a permit is waited for.</summary>
    TimeSpan PatienceSince(long asked) =>
        options.Timeout - time.GetElapsedTime(asked) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    static bool TryFindTarget(ClaimedDelivery delivery, WorkspaceSnapshot snapshot, out Uri target, out DeliveryState otherwise)
    {
        (target, otherwise) = (null!, DeliveryState.Cancelled);
        if (delivery.WebhookId is null)
            return Uri.TryCreate(delivery.Url, UriKind.Absolute, out target!);
        if (!snapshot.Endpoints.TryGetValue(WebhookId.FromStored(delivery.WebhookId), out var endpoint))
            return false;
        (target, otherwise) = (endpoint.Url, DeliveryState.EndpointDisabled);
        return endpoint.Enabled;
    }

    static HttpRequestMessage RequestTo(Uri target, ClaimedDelivery delivery, HeadSigner signer, SignedContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, target)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        request.Options.Set(OutboundHttp.Partition, delivery.WorkspaceId.Value);
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        request.Headers.TryAddWithoutValidation("Framelane-Event", delivery.EventType);
        request.Headers.TryAddWithoutValidation("Framelane-Delivery", delivery.Id);
        request.Headers.TryAddWithoutValidation("Framelane-Attempt", delivery.AttemptNumber.ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("webhook-id", delivery.EventId);
        signer.AddTo(request);
        return request;
    }

    /// <summary>
    /// The first bytes of the answer, and what kept the rest from coming. Only of a success all has to come: the status of any other answer
    /// says enough.
    /// </summary>
    static async Task<(string? Text, Exception? Broken)> ReadAnswerAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var announced = response.Content.Headers.ContentLength;
        if (announced == 0 || response.StatusCode == HttpStatusCode.NoContent)
            return (null, null);
        var rented = ArrayPool<byte>.Shared.Rent(DeliveryAttempt.MaxResponseBody);
        var kept = rented.AsMemory(0, (int)Math.Min(announced ?? long.MaxValue, DeliveryAttempt.MaxResponseBody));
        var length = 0;
        Exception? broken = null;
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            int read;
            while (length < kept.Length && (read = await stream.ReadAsync(kept[length..], cancellationToken)) > 0)
                length += read;
            if (response.IsSuccessStatusCode && length == kept.Length && length != announced)
                await SkipRestAsync(stream, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException or OperationCanceledException)
        {
            broken = failure;
        }

        var text = length == 0 ? null : TextOf(kept.Span[..length]);

        // Not after a failure: nobody says that what was given up writes no more.
        if (broken is null)
            ArrayPool<byte>.Shared.Return(rented);
        return (text, broken);
    }

    static async Task SkipRestAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        int read;
        for (var skipped = 0; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0; skipped += read)
        {
            if (skipped > MaxAnswer)
                throw new HttpIOException(HttpRequestError.ConfigurationLimitExceeded);
        }
    }

    /// <summary>What is no text shows as U+FFFD, NUL too, which not every database can store; a character that the limit cuts is left out.</summary>
    static string TextOf(ReadOnlySpan<byte> answer)
    {
        var cut = answer.Length == DeliveryAttempt.MaxResponseBody
            && Rune.DecodeLastFromUtf8(answer, out _, out var rest) == OperationStatus.NeedMoreData ? rest : 0;
        return Encoding.UTF8.GetString(answer[..^cut]).Replace('\0', '\uFFFD');
    }

    TimeSpan? RetryAfterOf(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow(),
        _ => null,
    };

    string ReasonOf(Exception failure, ClaimedDelivery delivery)
    {
        if (failure.IsStalePermit())
            return OutboundFailure.Timeout.Code();
        var reason = OutboundFailures.Classify(failure);
        if (reason != OutboundFailure.Unexpected)
            return reason.Code();
        using var scope = AttemptSpan.BeginScope(logger, delivery);
        logger.LogWarning(failure, "Attempt {AttemptId} failed in a way that has no name yet.", delivery.AttemptId);
        return reason.Code();
    }
}

/// <summary>One of the two.</summary>
readonly record struct AttemptOutcome(FinishedAttempt? Finished, UnmadeAttempt? Unmade);
