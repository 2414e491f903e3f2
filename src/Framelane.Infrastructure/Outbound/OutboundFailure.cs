using System.Net.Sockets;
using System.Security.Authentication;
using Framelane.Infrastructure.Persistence;

namespace Framelane.Infrastructure.Outbound;

/// <summary>Why an outbound request got no answer, as far as its owner is told.</summary>
public enum OutboundFailure
{
    /// <summary>No other reason fits; worth a log entry.</summary>
    Unexpected,
    ForbiddenTarget,
    NameNotResolved,
    ConnectFailed,
    TlsFailed,
    Timeout,
    ConnectionClosed,
    InvalidResponse,
    ResponseTooLarge,
}

/// <summary>Turns what an outbound request threw into a reason that tells nothing of addresses, sockets or libraries.</summary>
public static class OutboundFailures
{
    /// <summary>
    /// The reason in <paramref name="exception"/> or in what it wraps. A cancellation counts as a timeout: callers that cancel for another
    /// reason, such as the host stopping, look at their own token first.
    /// </summary>
    public static OutboundFailure Classify(Exception exception)
    {
        var chain = exception.WithCauses().ToList();

        // What the guard throws is certain; the handler's own words depend on where in its work it was struck.
        return chain.Select(OfGuard).Concat(chain.Select(OfHandler)).FirstOrDefault(failure => failure != OutboundFailure.Unexpected);
    }

    /// <summary>The stable code of the wire and of logs, for instance <c>forbidden_target</c>.</summary>
    public static string Code(this OutboundFailure failure) => failure switch
    {
        OutboundFailure.ForbiddenTarget => "forbidden_target",
        OutboundFailure.NameNotResolved => "name_not_resolved",
        OutboundFailure.ConnectFailed => "connect_failed",
        OutboundFailure.TlsFailed => "tls_failed",
        OutboundFailure.Timeout => "timeout",
        OutboundFailure.ConnectionClosed => "connection_closed",
        OutboundFailure.InvalidResponse => "invalid_response",
        OutboundFailure.ResponseTooLarge => "response_too_large",
        _ => "unexpected",
    };

    static OutboundFailure OfGuard(Exception exception) => exception switch
    {
        ForbiddenTargetException => OutboundFailure.ForbiddenTarget,
        NameResolutionException => OutboundFailure.NameNotResolved,
        TimeoutException or OperationCanceledException => OutboundFailure.Timeout,
        _ => OutboundFailure.Unexpected,
    };

    static OutboundFailure OfHandler(Exception exception) => exception switch
    {
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } e => Of(e.HttpRequestError),
        HttpIOException { HttpRequestError: not HttpRequestError.Unknown } e => Of(e.HttpRequestError),
        AuthenticationException => OutboundFailure.TlsFailed,
        SocketException { SocketErrorCode: SocketError.TimedOut } => OutboundFailure.Timeout,
        SocketException e when IsReset(e.SocketErrorCode) => OutboundFailure.ConnectionClosed,
        SocketException => OutboundFailure.ConnectFailed,
        IOException { InnerException: null } => OutboundFailure.ConnectionClosed,
        _ => OutboundFailure.Unexpected,
    };

    static OutboundFailure Of(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => OutboundFailure.NameNotResolved,
        HttpRequestError.ConnectionError => OutboundFailure.ConnectFailed,
        HttpRequestError.SecureConnectionError => OutboundFailure.TlsFailed,
        HttpRequestError.ResponseEnded => OutboundFailure.ConnectionClosed,
        HttpRequestError.InvalidResponse => OutboundFailure.InvalidResponse,
        HttpRequestError.ConfigurationLimitExceeded => OutboundFailure.ResponseTooLarge,
        _ => OutboundFailure.Unexpected,
    };

    static bool IsReset(SocketError error) =>
        error is SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown or SocketError.NotConnected;
}
