// One type for each way of breaking a rule about use cases, and a few that keep them.
using FluentValidation;
using MediatR;

namespace Framelane.Architecture.Tests.Samples;

public sealed record GoodQuery : IRequest<int>;

public record OpenQuery : IRequest<int>;

public sealed class ClassCommand : IRequest<int>;

public sealed class ClassResponse;

public record OpenResponse;

sealed class GoodHandler : IRequestHandler<GoodQuery, int>
{
    public Task<int> Handle(GoodQuery request, CancellationToken cancellationToken) => Task.FromResult(1);
}

public sealed class VisibleHandler : IRequestHandler<GoodQuery, int>
{
    public Task<int> Handle(GoodQuery request, CancellationToken cancellationToken) => Task.FromResult(1);
}

#pragma warning disable CA1852 // That it is not sealed is what it is a sample of.
class OpenHandler : INotificationHandler<OpenHandler.Told>
{
    public Task Handle(Told notification, CancellationToken cancellationToken) => Task.CompletedTask;

    internal sealed record Told : INotification;
}

public sealed class VisibleValidator : AbstractValidator<GoodQuery>;
