using System.Net.Sockets;
using System.Security.Authentication;
using Framelane.Infrastructure.Outbound;

namespace Framelane.Infrastructure.Tests.Outbound;

public sealed class OutboundFailuresTests
{
    [Test]
    public void Every_failure_has_a_code_of_its_own()
    {
        var codes = Enum.GetValues<OutboundFailure>().Select(failure => failure.Code()).ToList();

        Assert.That(codes, Is.Unique);
        Assert.That(codes, Is.All.Match("^[a-z_]+$"));
        Assert.That(OutboundFailure.ForbiddenTarget.Code(), Is.EqualTo("forbidden_target"));
    }

    static IEnumerable<TestCaseData> Exceptions()
    {
        yield return Case(new ForbiddenTargetException(), "forbidden_target");
        yield return Case(new HttpRequestException(HttpRequestError.ConnectionError, "x", new ForbiddenTargetException()), "forbidden_target");
        yield return Case(new HttpRequestException(HttpRequestError.ConnectionError, "x", new NameResolutionException()), "name_not_resolved");
        yield return Case(new HttpRequestException(HttpRequestError.ConnectionError, "x", new TimeoutException()), "timeout");
        yield return Case(new TaskCanceledException("x", new TimeoutException()), "timeout");
        yield return Case(new OperationCanceledException(), "timeout");
        yield return Case(new SocketException((int)SocketError.ConnectionRefused), "connect_failed");
        yield return Case(new SocketException((int)SocketError.NetworkUnreachable), "connect_failed");
        yield return Case(new SocketException((int)SocketError.TimedOut), "timeout");
        yield return Case(new IOException("x", new SocketException((int)SocketError.ConnectionReset)), "connection_closed");
        yield return Case(new HttpRequestException("x", new IOException("x")), "connection_closed");
        yield return Case(new AuthenticationException(), "tls_failed");
        yield return Case(new HttpRequestException(HttpRequestError.SecureConnectionError, "x", new IOException("x")), "tls_failed");
        yield return Case(new HttpIOException(HttpRequestError.ResponseEnded), "connection_closed");
        yield return Case(new HttpRequestException(HttpRequestError.InvalidResponse), "invalid_response");
        yield return Case(new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded), "response_too_large");
        yield return Case(new InvalidOperationException("x"), "unexpected");
    }

    [TestCaseSource(nameof(Exceptions))]
    public void The_reason_is_found_in_what_was_thrown(Exception exception, string code) =>
        Assert.That(OutboundFailures.Classify(exception).Code(), Is.EqualTo(code));

    static TestCaseData Case(Exception exception, string code) =>
        new TestCaseData(exception, code).SetArgDisplayNames(exception.GetType().Name, exception.InnerException?.GetType().Name ?? "", code);
}
