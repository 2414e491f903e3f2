using Framelane.Application.Abstractions;
using Framelane.Domain.Common;

namespace Framelane.Application.Billing;

static class RememberedAnswer
{
    /// <summary>Remembers an answer that was made by the provider and not by a transaction, where the request has a key.</summary>
    public static async Task<Result<T>> AnswerAsync<T>(this IUnitOfWork unitOfWork, T answer, IdempotencyClaim? claim, CancellationToken cancellationToken) =>
        claim is null ? answer : await unitOfWork.ExecuteAsync(_ => Task.FromResult<Result<T>>(answer), cancellationToken);
}
