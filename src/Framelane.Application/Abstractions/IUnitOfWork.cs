using Framelane.Domain.Common;

namespace Framelane.Application.Abstractions;

/// <summary>One write transaction, and all that has to happen around its commit.</summary>
public interface IUnitOfWork
{
    /// <summary>
    /// Runs the work in a write transaction. Where it succeeds: saves, remembers the answer under the request's idempotency key in the
    /// same transaction, commits, publishes the aggregates' domain events, and, where one of them raised a workspace's epoch, returns
    /// only once the rotation barrier for that epoch has been passed. Where it gives an error, nothing is kept.
    /// </summary>
    /// <remarks>
    /// The work may run more than once, where the database asks for it and where somebody else wrote in the same instant what this was the
    /// first to write; it must not reach the network.
    /// </remarks>
    Task<Result<T>> ExecuteAsync<T>(Func<CancellationToken, Task<Result<T>>> work, CancellationToken cancellationToken);
}
