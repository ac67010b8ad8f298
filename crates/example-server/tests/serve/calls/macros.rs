//! From the lists of calls to calls.

/// `"GET /nodes/{nodeId}" get_node { node_id: String },` becomes a [`Call`](super::made::Call) with a sample of each argument.
macro_rules! calls {
    ($($request:literal $operation:ident { $($setter:ident: $ty:ty),* },)*) => {
        #[allow(deprecated, reason = "as long as a client has an operation, it is called")]
        fn calls() -> Vec<$crate::calls::made::Call<Client>> {
            vec![$($crate::calls::made::Call {
                request: $request,
                send: |client, samples| Box::pin(async move {
                    let _ = samples;
                    let call = client.$operation();
                    $(let call = call.$setter(samples.argument::<$ty>($request, stringify!($setter)));)*
                    let answer = call.send().await;
                    answer.map(|answer| answer.status().as_u16()).map_err(|error| $crate::calls::made::Failure {
                        is_typed: error.typed().is_some(),
                        shown: format!("{error:?}"),
                    })
                }),
            }),*]
        }
    };
}
