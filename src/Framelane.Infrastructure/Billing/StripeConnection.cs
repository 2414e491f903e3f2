using System.Net;
using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stripe;

namespace Framelane.Infrastructure.Billing;

/// <summary>Sends requests to Stripe, each within a time. Whatever goes wrong, nobody sees Stripe's words: they may repeat what they were sent.</summary>
sealed partial class StripeConnection : IDisposable
{
    /// <summary>What is wrong with a request is told by one of Stripe's codes, which are words like this.</summary>
    const int MaxCodeLength = 60;

    const int MaxAnswerBytes = 8 << 20;

    /// <summary>With the one repetition, an event is answered well before Stripe gives it up.</summary>
    static readonly TimeSpan AttemptLimit = TimeSpan.FromSeconds(5), CallLimit = TimeSpan.FromSeconds(12);

    readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = AttemptLimit,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    })
    {
        Timeout = AttemptLimit,
        MaxResponseContentBufferSize = MaxAnswerBytes,
    };

    readonly Lazy<StripeClient> client;

    readonly TimeProvider time;

    readonly ILogger logger;

    public StripeConnection(IOptions<StripeOptions> options, TimeProvider time, ILogger<StripeConnection> logger)
    {
        (this.time, this.logger) = (time, logger);

        // Not before it is asked for: most servers have no Stripe, and what it loads makes each start longer.
        client = new(() => new StripeClient(new StripeClientOptions
        {
            ApiKey = options.Value.ApiKey,
            ApiBase = options.Value.ApiBase?.TrimEnd('/'),
            HttpClient = new SystemNetHttpClient(http, maxNetworkRetries: 1, appInfo: null, enableTelemetry: false),
        }));
    }

    public StripeClient Client => client.Value;

    /// <param name="what">What is asked for, for the log.</param>
    /// <param name="call">Asks for it.</param>
    /// <param name="cancellationToken">The caller's own.</param>
    /// <exception cref="UnavailableException">It could not be had.</exception>
    public async Task<T> AskAsync<T>(string what, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(CallLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await call(both.Token);
        }
        catch (StripeException refused)
        {
            LogRefused(what, (int)refused.HttpStatusCode, CodeOf(refused), IdOf(refused));
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(what, failure.GetType().Name);
        }

        cancellationToken.ThrowIfCancellationRequested();
        throw new UnavailableException("The payment provider did not do what it was asked for.");
    }

    public void Dispose() => http.Dispose();

    /// <summary>Whether there is no such customer, or no longer, or the key is not of the account that has it.</summary>
    public static bool IsOfMissingCustomer(StripeException refused) =>
        refused.HttpStatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest && refused.StripeError is { Code: "resource_missing", Param: "customer" };

    /// <summary>Whether a meter has the event already. Not every version of their API gives the code; the sentence, which names the event, all do.</summary>
    public static bool IsOfKnownEvent(StripeException refused, string identifier) =>
        refused.HttpStatusCode == HttpStatusCode.BadRequest
        && (refused.StripeError?.Code == "duplicate_meter_event"
            || (refused.StripeError?.Message is { } sentence
                && sentence.Contains("already exists with identifier", StringComparison.Ordinal) && sentence.Contains(identifier, StringComparison.Ordinal)));

    static string CodeOf(StripeException refused) =>
        (refused.StripeError?.Code ?? refused.StripeError?.Type) is { Length: <= MaxCodeLength } code && code.All(each => char.IsAsciiLetterLower(each) || each == '_')
            ? code
            : "no code";

    static string IdOf(StripeException refused) =>
        refused.StripeResponse?.RequestId is { Length: <= MaxCodeLength } id && id.StartsWith("req_", StringComparison.Ordinal) && id.All(each => char.IsAsciiLetterOrDigit(each) || each == '_')
            ? id
            : "no id";

    [LoggerMessage(LogLevel.Warning, "Stripe refused: {What}, {Status} {Code}, {RequestId}")]
    partial void LogRefused(string what, int status, string code, string requestId);

    [LoggerMessage(LogLevel.Warning, "Stripe did not answer: {What}, {Failure}")]
    partial void LogFailed(string what, string failure);
}
