using Framelane.Application.Abstractions;
using Framelane.Domain.Common;

namespace Framelane.Application.Tests;

/// <summary>Runs the work as the port promises, and writes down what would become of it.</summary>
sealed class FakeUnitOfWork(List<string> journal, Func<IdempotencyClaim?> claim) : IUnitOfWork
{
    /// <summary>What was remembered, and under which claim.</summary>
    public List<(IdempotencyClaim Claim, object? Answer)> Remembered { get; } = [];

    /// <summary>How often the work is run before the commit: databases may ask for it anew.</summary>
    public int Runs { get; set; } = 1;

    public async Task<Result<T>> ExecuteAsync<T>(Func<CancellationToken, Task<Result<T>>> work, CancellationToken cancellationToken)
    {
        journal.Add("begin");
        var result = await work(cancellationToken);
        for (var run = 1; run < Runs; run++)
        {
            journal.Add("again");
            result = await work(cancellationToken);
        }

        if (result.IsSuccess && claim() is { } held)
            Remembered.Add((held, result.Value));
        journal.Add(result.IsSuccess ? "commit" : "rollback");
        return result;
    }
}
