using Framelane.Api.Conventions.Errors;
using Framelane.Application.Abstractions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace Framelane.Api.Tests.Unit;

public sealed class ErrorBoundaryTests
{
    static readonly Exception[] Cancellations = [new OperationCanceledException(), new InvalidOperationException("Operation cancelled by user.")];

    [TestCaseSource(nameof(Cancellations))]
    public async Task A_client_that_closed_its_connection_is_no_fault_whatever_is_thrown_then(Exception thrown)
    {
        var context = new DefaultHttpContext { RequestAborted = new(canceled: true) };

        await new ErrorBoundary(_ => throw thrown, Mock.Of<IOutages>(), NullLogger<ErrorBoundary>.Instance).InvokeAsync(context);

        Assert.That(context.Response.StatusCode, Is.EqualTo(499));
    }
}
