using Framelane.Application.Jobs;
using Framelane.Domain.Common;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Framelane.Api.Tests.Http.Routes;

/// <summary>What a server that is told to stop does with those who wait for it.</summary>
public sealed class StoppingHostTests
{
    [Test]
    public async Task Who_waits_for_a_job_is_answered_with_the_job_as_it_is()
    {
        var asked = new Asked();
        await using var host = await ApiHost.StartAsync(
            services => services.AddSingleton<IPipelineBehavior<GetJobQuery, Result<JobResponse>>>(asked), ("Framelane:Roles", "api"));
        var id = (string)(await host.First.Raw.PostAsync("/v1/renders", """{"output_format": "png", "width": 64, "height": 32}""")).Json["id"]!;
        var waiting = host.First.Raw.GetAsync($"/v1/renders/{id}?wait=25");
        await asked.Once.Task.InTimeAsync();
        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        var answer = await waiting.InTimeAsync();
        Assert.That((answer.Status, (string?)answer.Json["status"]), Is.EqualTo((200, "queued")));
    }

    sealed class Asked : IPipelineBehavior<GetJobQuery, Result<JobResponse>>
    {
        public TaskCompletionSource Once { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Result<JobResponse>> Handle(GetJobQuery request, RequestHandlerDelegate<Result<JobResponse>> next, CancellationToken cancellationToken)
        {
            Once.TrySetResult();
            return next(cancellationToken);
        }
    }
}
